/**
 * Versions of documents: an application reads and writes the newest shape, whatever the database contains.
 *
 * <p>A user writes a {@link dev.monarch.version.DocumentVersionChange}. This package does not know how migrations or
 * backups work.
 */
@NullMarked
package dev.monarch.version;

import org.jspecify.annotations.NullMarked;
