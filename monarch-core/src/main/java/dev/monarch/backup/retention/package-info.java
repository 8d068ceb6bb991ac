/**
 * Which backups stay: what a retention means, what it decides of each backup, and the removing of what it does not keep.
 *
 * <p>Backups are judged by what a list says of them; their data and manifests are their store's business. Nothing here knows
 * when backups are taken, of Spring, or of what a person typed.
 */
@NullMarked
package dev.monarch.backup.retention;

import org.jspecify.annotations.NullMarked;
