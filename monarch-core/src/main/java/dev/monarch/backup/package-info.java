/**
 * Backups: where they are kept, what is known of each, how one is taken, verified and brought back.
 *
 * <p>The bytes of a backup are an archive, and how that looks is the archive's business; the replacing of collections is the
 * staging's. Nothing here knows of migrations, of Spring, or of what a person typed.
 */
@NullMarked
package dev.monarch.backup;

import org.jspecify.annotations.NullMarked;
