/** What backups, restores and copies have in common: selections, consistency, progress. */
@NullMarked
package dev.monarch.transfer;

import org.jspecify.annotations.NullMarked;
