/**
 * Reads dumps that are not archives: directories of mongodump, and zip and tar files of them.
 *
 * <p>A container lists files ({@code Folder}, {@code ZipFile}, {@code TarFile}). {@code DumpIndex} recognizes the
 * collections among them. Nothing is unpacked to a disk.
 */
@NullMarked
package dev.monarch.engine.dump;

import org.jspecify.annotations.NullMarked;
