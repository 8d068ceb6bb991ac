package dev.monarch.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ignores {@link #close}. */
final class NonClosingStream extends FilterInputStream {

    NonClosingStream(InputStream stream) {
        super(stream);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    @Override
    public void close() {
        // Its owner closes it.
    }
}
