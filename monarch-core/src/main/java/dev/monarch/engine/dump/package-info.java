/**
 * Reads dumps that are not archives: directories of mongodump, and zip and tar files of them.
 *
 * <p>A container lists files ({@code Folder}, {@code ZipContainer}, {@code TarContainer}). {@code DumpIndex} recognizes
 * the collections among them. Nothing is unpacked to a disk.
 *
 * <p>Apache Commons Compress reads zip and tar files. It is optional: {@code CompressLibrary} tells whether it is there.
 */
@NullMarked
package dev.monarch.engine.dump;

import org.jspecify.annotations.NullMarked;
