package dev.monarch.engine.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;

/** Detects the compression of a stream by its first bytes and decompresses it. */
public final class Decompressor {

    private static final int BUFFER = 64 * 1024;

    private static final int GZIP = 0x8B1F;

    private static final int ZSTD = 0xFD2FB528;

    /** The first of the sixteen magic numbers of a skippable frame (RFC 8878, section 3.1.2). */
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;

    private static final int DEFLATE = 8;

    /** The flags that RFC 1952 reserves. */
    private static final int RESERVED = 0xE0;

    /** The name of the first field of nearly every document, behind its length and its type. */
    private static final byte[] ID = {'_', 'i', 'd', 0};

    private static final int AT_ID = 5;

    /** The most compressions of one file, one around the other. */
    private static final int MOST_LAYERS = 3;

    private static final int NEEDED = 16;

    private Decompressor() {}

    /**
     * Tells whether a file is compressed with gzip or zstd. The length of a document can look like gzip.
     *
     * @param first its first bytes, at least nine unless the file is shorter
     * @return true if it is
     */
    public static boolean isCompressed(byte[] first) {
        if (first.length < Integer.BYTES) {
            return false;
        }
        int beginning = beginning(first);
        boolean gzip = (beginning & 0xFFFF) == GZIP && first[2] == DEFLATE && (first[3] & RESERVED) == 0;
        return gzip && !isBeforeId(first) || isZstd(beginning);
    }

    private static boolean isBeforeId(byte[] first) {
        return first.length >= AT_ID + ID.length
                && Arrays.equals(first, AT_ID, AT_ID + ID.length, ID, 0, ID.length)
                && ForeignFormat.isBson(first);
    }

    private static boolean isZstd(int beginning) {
        return beginning == ZSTD || (beginning & 0xFFFFFFF0) == ZSTD_SKIPPABLE;
    }

    /**
     * Decompresses a stream, also if it was compressed several times. Closes it if this method throws.
     *
     * @param stream the stream
     * @return the decompressed stream, or the same bytes if it is not compressed; it supports {@code mark}
     * @throws DamagedArchiveException if its beginning cannot be read
     * @throws OperationRefusedException if its compression is not supported here
     */
    public static InputStream decompressAll(InputStream stream) {
        InputStream plain = decompress(stream);
        try {
            for (int layer = 1; layer < MOST_LAYERS && isCompressed(first(plain, NEEDED)); layer++) {
                plain = decompress(plain);
            }
            return plain;
        } catch (IOException e) {
            closeAfter(e, plain);
            throw new DamagedArchiveException(null, 0, "it cannot be read: " + e.getMessage(), e);
        }
    }

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
            int beginning = beginning(first(buffered, Integer.BYTES));
            if ((beginning & 0xFFFF) == GZIP) {
                return new BufferedInputStream(new GzipMembers(buffered), BUFFER);
            }
            if (isZstd(beginning)) {
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

    private static byte[] first(InputStream stream, int length) throws IOException {
        stream.mark(length);
        byte[] first = stream.readNBytes(length);
        stream.reset();
        return first;
    }

    private static int beginning(byte[] first) {
        int beginning = 0;
        for (int i = 0; i < Math.min(first.length, Integer.BYTES); i++) {
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
