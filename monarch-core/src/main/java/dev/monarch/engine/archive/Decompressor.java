package dev.monarch.engine.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;

/** Detects the compression of a stream by its first bytes and decompresses it. */
public final class Decompressor {

    private static final int BUFFER = 64 * 1024;

    private static final int GZIP = 0x8B1F;

    private static final int ZSTD = 0xFD2FB528;

    /** The first of the sixteen magic numbers of a skippable frame (RFC 8878, section 3.1.2). */
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;

    private Decompressor() {}

    /**
     * Decompresses a stream. Closes it if this method throws.
     *
     * @param stream the stream
     * @return the decompressed stream, or the same bytes if it is not compressed; it supports {@code mark}
     * @throws DamagedArchiveException if its beginning cannot be read
     * @throws OperationRefusedException if its compression is not supported here
     */
    public static InputStream decompress(InputStream stream) {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        try {
            int beginning = beginning(buffered);
            if ((beginning & 0xFFFF) == GZIP) {
                return new BufferedInputStream(new GzipMembers(buffered), BUFFER);
            }
            if (beginning == ZSTD || (beginning & 0xFFFFFFF0) == ZSTD_SKIPPABLE) {
                return new BufferedInputStream(ZstdLibrary.decompress(buffered), BUFFER);
            }
            return buffered;
        } catch (IOException e) {
            closeAfter(e, stream);
            throw new DamagedArchiveException(null, 0, "it cannot be read: " + e.getMessage(), e);
        } catch (OperationRefusedException e) {
            closeAfter(e, stream);
            throw e;
        }
    }

    private static int beginning(BufferedInputStream stream) throws IOException {
        stream.mark(Integer.BYTES);
        byte[] first = stream.readNBytes(Integer.BYTES);
        stream.reset();
        int beginning = 0;
        for (int i = 0; i < first.length; i++) {
            beginning |= (first[i] & 0xFF) << 8 * i;
        }
        return beginning;
    }

    private static void closeAfter(Exception failure, InputStream stream) {
        try {
            stream.close();
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }
}
