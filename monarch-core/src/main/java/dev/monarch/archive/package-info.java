/** What a store of backups is given: the output of an archive and its compression. */
@NullMarked
package dev.monarch.archive;

import org.jspecify.annotations.NullMarked;
