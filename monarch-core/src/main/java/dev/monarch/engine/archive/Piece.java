package dev.monarch.engine.archive;

import java.util.List;

/** Some bytes of an array, which nobody changes any more. */
record Piece(byte[] bytes, int offset, int length) {

    static Piece of(byte[] bytes) {
        return new Piece(bytes, 0, bytes.length);
    }

    static int length(List<Piece> pieces) {
        return pieces.stream().mapToInt(Piece::length).sum();
    }
}
