package dev.monarch.engine.archive;

import java.util.List;

import dev.monarch.archive.Compression;

/** Makes a frame of some pieces of an archive; used by one thread at a time. */
interface FrameCompressor extends AutoCloseable {

    /**
     * Makes a compressor for one thread.
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
     * Compresses pieces into one frame.
     *
     * @param pieces what is in the frame, in this order
     * @return the frame; possibly the pieces themselves
     */
    List<Piece> compress(List<Piece> pieces);

    @Override
    default void close() {}
}
