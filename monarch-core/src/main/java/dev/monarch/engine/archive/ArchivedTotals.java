package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;

/**
 * The totals of one collection in an archive.
 *
 * @param collection its name
 * @param documents the number of documents
 * @param bytes their size in bytes, uncompressed
 * @param crc64 the archive's own checksum of these bytes (CRC-64/XZ)
 * @param frames the frames with the documents; none for a view or an empty collection
 */
public record ArchivedTotals(String collection, long documents, long bytes, long crc64, List<ArchiveFrame> frames) {

    public ArchivedTotals {
        frames = List.copyOf(frames);
    }
}
