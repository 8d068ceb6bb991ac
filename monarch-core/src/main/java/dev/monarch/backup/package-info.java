/**
 * Backups: stores, manifests, and the services that take, verify and restore backups.
 *
 * <p>The data of a backup is an archive, whose format this package does not know. It does not depend on migrations,
 * Spring or the command line.
 */
@NullMarked
package dev.monarch.backup;

import org.jspecify.annotations.NullMarked;
