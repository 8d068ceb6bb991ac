package dev.monarch.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;

/** Finds out by the first bytes how something is compressed. */
final class Compressed {

    private static final int BUFFER = 64 * 1024;

    private static final int GZIP = 0x8B1F;

    private static final int ZSTD = 0xB528;

    private Compressed() {}

    /** Returns the stream decompressed, or as it is if it is not compressed; closes it if this throws. */
    static InputStream decompressing(InputStream stream) {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        try {
            buffered.mark(2);
            int firstTwo = buffered.read() | buffered.read() << 8;
            buffered.reset();
            return switch (firstTwo) {
                case GZIP -> new BufferedInputStream(new GzipMembers(buffered), BUFFER);
                case ZSTD -> new BufferedInputStream(ZstdLibrary.decompressing(buffered), BUFFER);
                default -> buffered;
            };
        } catch (IOException e) {
            closeAfter(e, stream);
            throw new DamagedArchiveException(null, 0, "it cannot be read: " + e.getMessage(), e);
        } catch (OperationRefusedException e) {
            closeAfter(e, stream);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, InputStream stream) {
        try {
            stream.close();
        } catch (IOException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }
}
