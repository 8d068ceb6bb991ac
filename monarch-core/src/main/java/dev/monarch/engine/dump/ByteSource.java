package dev.monarch.engine.dump;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

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

    /** {@return the name of the directory that contains it; empty if it is unknown} */
    default String directory() {
        return "";
    }

    /**
     * Finds a file next to this one.
     *
     * @param name its name
     * @return the file; empty if there is none
     * @throws IOException if it cannot be read
     */
    default Optional<ByteSource> sibling(String name) throws IOException {
        return Optional.empty();
    }

    /** Releases what was kept for further reads. The source can still be read. */
    @Override
    default void close() throws IOException {}
}
