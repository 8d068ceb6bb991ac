package dev.monarch.engine.dump;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Decompresses deflate without a header, as zip files have it. */
final class InflatedStream extends InflaterInputStream {

    private static final int SMALLEST = 512;

    private static final int BUFFER = 64 * 1024;

    /**
     * @param compressed the compressed bytes
     * @param length their number, which limits the buffer
     */
    InflatedStream(InputStream compressed, long length) {
        // Without a header, the inflater may need a byte more than there are.
        super(new SequenceInputStream(compressed, new ByteArrayInputStream(new byte[1])), new Inflater(true), (int)
                Math.max(SMALLEST, Math.min(BUFFER, length)));
    }

    @Override
    public void close() throws IOException {
        inf.end();
        super.close();
    }
}
