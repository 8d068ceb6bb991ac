package dev.monarch.engine.archive;

import java.util.List;

/** Frames that are not compressed. */
final class PlainFrames implements FrameCompressor {

    @Override
    public List<Piece> compress(List<Piece> pieces) {
        return pieces;
    }
}
