package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.engine.Checks;

/** Receives the bytes of an archive. Used by one thread at a time. */
public interface ArchiveOutput {

    /**
     * Appends bytes.
     *
     * @param bytes the array with the bytes; not retained after the call
     * @param offset the index of the first byte
     * @param length the number of bytes
     * @throws IOException if the bytes cannot be written
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Removes ranges from the written data. Used for a collection whose read had to restart.
     *
     * @param spans the ranges, in ascending order; not adjacent
     * @throws IOException if the ranges cannot be removed
     * @throws UnsupportedOperationException if this output does not support it; the backup then fails
     */
    void cut(List<Span> spans) throws IOException;

    /**
     * Reads the written data from the beginning. Only needed after {@link #cut}.
     *
     * @return the bytes
     * @throws IOException if the bytes cannot be read
     */
    InputStream contents() throws IOException;

    /**
     * A range of bytes.
     *
     * @param offset the offset of the first byte
     * @param length the number of bytes
     */
    public record Span(long offset, long length) {

        /**
         * Creates a range.
         *
         * @throws IllegalArgumentException if {@code offset} or {@code length} is negative
         */
        public Span {
            Checks.atLeast("offset", offset, 0);
            Checks.atLeast("length", length, 0);
        }

        /**
         * Joins adjacent ranges.
         *
         * @param spans ranges that do not overlap
         * @return the ranges in ascending order, with adjacent ones joined
         */
        public static List<Span> joined(List<Span> spans) {
            List<Span> joined = new ArrayList<>();
            for (Span span :
                    spans.stream().sorted(Comparator.comparing(Span::offset)).toList()) {
                Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                if (last != null && last.offset + last.length == span.offset) {
                    joined.set(joined.size() - 1, new Span(last.offset, last.length + span.length));
                } else {
                    joined.add(span);
                }
            }
            return joined;
        }
    }

    /**
     * A part of an archive that can be decompressed separately: a zstd frame, a gzip member, or a range of plain
     * bytes.
     *
     * @param offset the offset of its first byte in the archive
     * @param length its length in bytes, compressed
     * @param documents the number of documents in it
     * @param crc the CRC-32C of its compressed bytes (RFC 3720, appendix B.4)
     */
    public record ArchiveFrame(long offset, long length, int documents, long crc) {

        /**
         * Creates a frame.
         *
         * @throws IllegalArgumentException if a number is negative
         */
        public ArchiveFrame {
            Checks.atLeast("offset", offset, 0);
            Checks.atLeast("length", length, 0);
            Checks.atLeast("documents", documents, 0);
            Checks.atLeast("crc", crc, 0);
        }
    }

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

        /**
         * Creates totals.
         *
         * @throws IllegalArgumentException if {@code documents} or {@code bytes} is negative
         */
        public ArchivedTotals {
            Checks.atLeast("documents", documents, 0);
            Checks.atLeast("bytes", bytes, 0);
            frames = List.copyOf(frames);
        }
    }
}
