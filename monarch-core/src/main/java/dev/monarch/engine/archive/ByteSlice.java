package dev.monarch.engine.archive;

import java.util.List;

/** A range of a byte array that no one changes any more. */
record ByteSlice(byte[] bytes, int offset, int length) {

    static ByteSlice of(byte[] bytes) {
        return new ByteSlice(bytes, 0, bytes.length);
    }

    static int length(List<ByteSlice> slices) {
        return slices.stream().mapToInt(ByteSlice::length).sum();
    }
}
