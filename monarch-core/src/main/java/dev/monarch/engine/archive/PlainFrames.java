package dev.monarch.engine.archive;

import java.util.List;

/** Leaves frames uncompressed. */
final class PlainFrames implements FrameCompressor {

    @Override
    public List<ByteSlice> compress(List<ByteSlice> slices) {
        return slices;
    }
}
