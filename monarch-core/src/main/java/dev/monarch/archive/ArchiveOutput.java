package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the bytes of an archive go; used by one thread at a time. */
public interface ArchiveOutput {

    /**
     * Appends bytes.
     *
     * @param bytes holds them; not kept after the call
     * @param offset where they begin
     * @param length how many they are
     * @throws IOException if they cannot be kept
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Takes stretches out of what has been written: those of a collection whose read had to begin again.
     *
     * @param spans the stretches, in their order, none touching another
     * @throws IOException if that cannot be done
     * @throws UnsupportedOperationException if this kind of output cannot take anything back; the backup then fails
     */
    void cut(List<Span> spans) throws IOException;

    /**
     * Reads what is there, from the beginning; needed only after {@link #cut}.
     *
     * @return the bytes
     * @throws IOException if they cannot be read
     */
    InputStream contents() throws IOException;

    /**
     * A stretch of bytes.
     *
     * @param offset where it begins
     * @param length how long it is
     */
    public record Span(long offset, long length) {

        /**
         * Joins stretches that touch.
         *
         * @param spans stretches that do not overlap
         * @return them in their order, with those that touch made one
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
     * A part of an archive that can be decompressed by itself: a zstd frame, a gzip member, or as many plain bytes.
     *
     * @param offset where it begins in the archive
     * @param length how many bytes it has, compressed
     * @param documents how many documents are in it
     * @param crc CRC-32C of its bytes, compressed (RFC 3720, appendix B.4)
     */
    public record ArchiveFrame(long offset, long length, int documents, long crc) {}
}
