package dev.monarch.engine.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A file or an object whose bytes can be read from any position, several times. */
public interface ByteSource extends Closeable {

    /** {@return its name in messages} */
    String name();

    /** {@return its length in bytes} */
    long length();

    /**
     * Opens a part.
     *
     * @param offset the first byte, from 0 to {@link #length()}
     * @param length the maximum number of bytes
     * @return the bytes, fewer if the source ends before; the caller closes the stream
     * @throws IOException if it cannot be read
     */
    InputStream open(long offset, long length) throws IOException;

    /** Releases what was kept for further reads. The source can still be read. */
    @Override
    default void close() throws IOException {}
}
