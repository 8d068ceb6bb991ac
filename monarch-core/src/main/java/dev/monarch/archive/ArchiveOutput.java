package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where the bytes of an archive go; used by one thread at a time. */
public interface ArchiveOutput {

    /**
     * Appends bytes.
     *
     * @param bytes holds them; not kept after the call
     * @param offset where they begin
     * @param length how many they are
     * @throws IOException if they cannot be kept
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /**
     * Takes stretches out of what has been written: those of a collection whose read had to begin again.
     *
     * @param spans the stretches, in their order, none touching another
     * @throws IOException if that cannot be done
     * @throws UnsupportedOperationException if this kind of output cannot take anything back; the backup then fails
     */
    void cut(List<Span> spans) throws IOException;

    /**
     * Reads what is there, from the beginning; needed only after {@link #cut}.
     *
     * @return the bytes
     * @throws IOException if they cannot be read
     */
    InputStream contents() throws IOException;
}
