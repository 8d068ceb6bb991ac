package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.Compression;

/** Compresses slices of an archive into a frame; used by one thread at a time. */
interface FrameCompressor extends AutoCloseable {

    /**
     * Creates a compressor for one thread.
     *
     * @param compression the compression
     * @param processors leaves the processors to others
     * @return the compressor
     * @throws IllegalStateException if the compression is not available
     */
    static FrameCompressor of(Compression compression, ProcessorYield processors) {
        if (!compression.isAvailable()) {
            throw new IllegalStateException("zstd is not available: " + ZstdLibrary.missing());
        }
        return switch (compression) {
            case ZSTD -> new ZstdFrames(processors);
            case GZIP -> new GzipFrames(processors);
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
