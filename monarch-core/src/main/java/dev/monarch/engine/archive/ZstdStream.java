package dev.monarch.engine.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;

/**
 * Decompresses Zstandard (RFC 8878): any number of frames, skippable frames, and windows as large as the memory
 * allows, up to the 2 GiB of {@code zstd --long=31}.
 *
 * <p>It is a separate class because {@link ZstdLibrary} must load without the library.
 */
final class ZstdStream extends FilterInputStream {

    /** The library's default limit. Compressors stay below it without {@code --long}. */
    private static final int SMALLEST_LIMIT = 27;

    private static final int LARGEST_LIMIT = 31;

    private final int windowLog;

    private ZstdStream(ZstdInputStream stream, int windowLog) {
        super(stream);
        this.windowLog = windowLog;
    }

    static InputStream of(InputStream stream) throws IOException {
        return of(stream, largestWindowLog());
    }

    /**
     * Decompresses with a limit.
     *
     * @param windowLog the binary logarithm of the largest window that is accepted, in bytes
     */
    static InputStream of(InputStream stream, int windowLog) throws IOException {
        return new ZstdStream(new ZstdInputStream(stream).setLongMax(windowLog), windowLog);
    }

    /** A window uses native memory outside the heap. Half of that memory is left for other uses. */
    private static int largestWindowLog() {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 0;
        long available = (memory - Runtime.getRuntime().maxMemory()) / 2;
        int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, available));
        return Math.max(SMALLEST_LIMIT, Math.min(LARGEST_LIMIT, log));
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (ZstdIOException e) {
            throw explained(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (ZstdIOException e) {
            throw explained(e);
        }
    }

    /**
     * @throws OperationRefusedException if there is not enough memory; the data may be intact
     */
    private ZstdIOException explained(ZstdIOException failure) {
        if (failure.getErrorCode() == Zstd.errFrameParameterWindowTooLarge()
                || failure.getErrorCode() == Zstd.errMemoryAllocation()) {
            throw UnsupportedArchive.toRead(
                    Reason.ZSTD_WINDOW,
                    "it was compressed by zstd with a long window, and decompressing it needs more memory outside the heap"
                            + " than the " + (1L << (windowLog - 20)) + " MB that are available");
        }
        return failure;
    }
}
