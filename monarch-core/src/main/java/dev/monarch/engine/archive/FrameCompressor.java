package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.Compression;

/** Compresses slices of an archive into a frame; used by one thread at a time. */
interface FrameCompressor extends AutoCloseable {

    /**
     * Creates a compressor for one thread.
     *
     * @throws IllegalStateException if the compression is not available
     */
    static FrameCompressor of(Compression compression) {
        if (!compression.isAvailable()) {
            throw new IllegalStateException("zstd is not available: " + ZstdLibrary.missing());
        }
        return switch (compression) {
            case ZSTD -> new ZstdFrames();
            case GZIP -> new GzipFrames();
            case NONE -> new PlainFrames();
        };
    }

    /**
     * Compresses slices into one frame.
     *
     * @param slices the content of the frame, in this order
     * @return the frame; may be the given slices
     */
    List<ByteSlice> compress(List<ByteSlice> slices);

    @Override
    default void close() {}
}
