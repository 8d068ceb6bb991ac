package dev.monarch.archive;

import java.util.List;

/** Makes a frame of some pieces of an archive; used by one thread at a time. */
interface FrameCompressor extends AutoCloseable {

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
