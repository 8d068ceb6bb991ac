package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;

/**
 * Length, checksum and collections of an archive that was written.
 *
 * @param length the length of the archive, in bytes
 * @param sha256 the SHA-256 of these bytes, in hexadecimal digits
 * @param beginning the frame of the beginning
 * @param collections the totals of each collection, in the order of the archive's beginning
 */
public record ArchiveContents(long length, String sha256, ArchiveFrame beginning, List<ArchivedTotals> collections) {

    public ArchiveContents {
        collections = List.copyOf(collections);
    }
}
