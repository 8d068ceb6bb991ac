package dev.monarch.engine.dump;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;

/** Compares the content of a file in a zip file with its size and checksum. */
final class CheckedEntry extends FilterInputStream {

    private static final int BUFFER = 64 * 1024;

    private final ZipEntry.Sizes sizes;

    private final String path;

    private final CRC32 crc = new CRC32();

    private long position;

    private boolean ended;

    CheckedEntry(InputStream content, ZipEntry.Sizes sizes, String path) {
        super(content);
        this.sizes = sizes;
        this.path = path;
    }

    /** {@return the inflated data, which releases its memory when it is closed} */
    static InputStream inflated(InputStream stored) {
        Inflater inflater = new Inflater(true);
        return new InflaterInputStream(stored, inflater, BUFFER) {
            @Override
            public void close() throws IOException {
                try {
                    super.close();
                } finally {
                    inflater.end();
                }
            }
        };
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw damaged("its data is damaged or cut off", e);
        }
        if (read > 0) {
            crc.update(bytes, offset, read);
            position += read;
            if (position > sizes.expanded()) {
                throw damaged("it has more than the " + sizes.expanded() + " bytes that the zip file claims", null);
            }
        } else if (read < 0 && !ended) {
            ended = true;
            requireWhole();
        }
        return read;
    }

    private void requireWhole() {
        if (position != sizes.expanded()) {
            throw damaged("it ends here, but the zip file claims " + sizes.expanded() + " bytes", null);
        }
        if (crc.getValue() != sizes.crc32()) {
            throw damaged("its checksum differs from that in the zip file", null);
        }
    }

    @Override
    public long skip(long distance) throws IOException {
        byte[] skipped = new byte[(int) Math.min(BUFFER, Math.max(distance, 0))];
        return skipped.length == 0 ? 0 : Math.max(read(skipped, 0, skipped.length), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private DamagedArchiveException damaged(String problem, @Nullable Exception cause) {
        return DamagedArchiveException.inFile(path, position, problem, cause);
    }
}
