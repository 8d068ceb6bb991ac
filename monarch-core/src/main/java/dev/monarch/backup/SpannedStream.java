package dev.monarch.backup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.Span;

/** Concatenates ranges of a stream and skips the rest. Skipping is cheap if the stream can seek. */
final class SpannedStream extends InputStream {

    private final InputStream stream;

    private final Deque<Span> spans;

    private long position;

    SpannedStream(InputStream stream, List<Span> spans) {
        this.stream = stream;
        this.spans = new ArrayDeque<>(spans);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        Span span = nextToRead();
        if (span == null) {
            return -1;
        }
        long left = span.offset() + span.length() - position;
        int read = stream.read(bytes, offset, (int) Math.min(length, left));
        position += Math.max(read, 0);
        return read;
    }

    private @Nullable Span nextToRead() throws IOException {
        while (!spans.isEmpty()
                && position >= spans.peek().offset() + spans.peek().length()) {
            spans.remove();
        }
        Span span = spans.peek();
        if (span != null && position < span.offset()) {
            try {
                stream.skipNBytes(span.offset() - position);
            } catch (EOFException e) {
                return null;
            }
            position = span.offset();
        }
        return span;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
