/** Types of the SPI for backup stores: the output of an archive and its compression. */
@NullMarked
package dev.monarch.archive;

import org.jspecify.annotations.NullMarked;
