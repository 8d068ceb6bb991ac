package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;

/**
 * What an archive holds of one collection.
 *
 * @param collection its name
 * @param documents how many documents
 * @param bytes how many bytes they have, uncompressed
 * @param crc64 the archive's own checksum of these bytes (CRC-64/XZ)
 * @param frames where they are; none for a view or an empty collection
 */
public record ArchivedTotals(String collection, long documents, long bytes, long crc64, List<ArchiveFrame> frames) {

    public ArchivedTotals {
        frames = List.copyOf(frames);
    }
}
