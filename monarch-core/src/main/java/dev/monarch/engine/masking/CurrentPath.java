package dev.monarch.engine.masking;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/** The path of the current field, for messages. */
final class CurrentPath {

    private final byte[] bytes;

    private final int[] starts = new int[MaskedDocuments.MAX_DEPTH + 1];

    private final int[] ends = new int[MaskedDocuments.MAX_DEPTH + 1];

    private int depth;

    CurrentPath(byte[] bytes) {
        this.bytes = bytes;
    }

    void enter(int nameStart, int nameEnd) {
        starts[depth] = nameStart;
        ends[depth] = nameEnd;
        depth++;
    }

    void leave() {
        depth--;
    }

    @Override
    public String toString() {
        StringJoiner path = new StringJoiner(".");
        for (int i = 0; i < depth; i++) {
            path.add(new String(bytes, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8));
        }
        return path.toString().replaceAll("\\p{Cntrl}", "?");
    }
}
