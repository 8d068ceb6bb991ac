package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;

/**
 * What was written into an archive.
 *
 * @param length how many bytes the archive has
 * @param sha256 the SHA-256 of these bytes, in hexadecimal digits
 * @param beginning the frame that says what is to come
 * @param collections each collection, in the order of the archive's beginning
 */
public record ArchiveContents(long length, String sha256, ArchiveFrame beginning, List<ArchivedTotals> collections) {

    public ArchiveContents {
        collections = List.copyOf(collections);
    }
}
