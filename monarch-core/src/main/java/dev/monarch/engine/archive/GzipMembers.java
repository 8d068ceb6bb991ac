package dev.monarch.engine.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses all members of a gzip stream (RFC 1952).
 *
 * <p>The JDK's {@code GZIPInputStream} stops at the end of a member if no more bytes are available at that moment, as
 * on a socket. This class reads on until the source ends. It verifies the checksum and length of every member. Not
 * thread-safe.
 */
final class GzipMembers extends InputStream {

    private static final int BUFFER = 64 * 1024;

    private static final int MAGIC = 0x8B1F;

    private static final int DEFLATE = 8;

    private static final int HEADER_CHECKSUM = 2;

    private static final int EXTRA = 4;

    private static final int NAME = 8;

    private static final int COMMENT = 16;

    private static final int RESERVED = 0xE0;

    private final InputStream source;

    private final Inflater inflater = new Inflater(true);

    private final CRC32 checksum = new CRC32();

    private final byte[] buffer = new byte[BUFFER];

    private int filled;

    private boolean ended;

    GzipMembers(InputStream source) throws IOException {
        this.source = new BufferedInputStream(source, BUFFER);
        readHeader(require(this.source.read()));
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
        while (!ended) {
            int inflated = inflate(bytes, offset, length);
            if (inflated > 0) {
                checksum.update(bytes, offset, inflated);
                return inflated;
            }
            if (inflater.finished()) {
                nextMember();
            }
        }
        return -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput() && !inflater.finished()) {
                fill();
            }
            int inflated = inflater.inflate(bytes, offset, length);
            if (inflater.needsDictionary()) {
                throw new ZipException("it requires a dictionary, which gzip does not support");
            }
            return inflated;
        } catch (DataFormatException e) {
            throw new ZipException("the compressed data is damaged: " + e.getMessage());
        }
    }

    /** Marks the source, so that the bytes of the trailer and the next member can be read again. */
    private void fill() throws IOException {
        source.mark(BUFFER);
        int read = source.read(buffer);
        if (read < 0) {
            throw new EOFException("it ends within a gzip member");
        }
        inflater.setInput(buffer, 0, read);
        filled = read;
    }

    private void nextMember() throws IOException {
        int used = filled - inflater.getRemaining();
        source.reset();
        source.skipNBytes(used);
        long expected = unsignedInt();
        long length = unsignedInt();
        if (expected != checksum.getValue() || length != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("the checksum or the length of a gzip member is wrong");
        }
        int next = source.read();
        if (next <= 0) {
            requirePadding(next);
            ended = true;
            return;
        }
        inflater.reset();
        checksum.reset();
        filled = 0;
        readHeader(next);
    }

    /** Tapes and block devices fill the last block with zeros, which gzip ignores, too. */
    private void requirePadding(int first) throws IOException {
        for (int next = first; next >= 0; next = source.read()) {
            if (next != 0) {
                throw new ZipException("a gzip member was expected here");
            }
        }
    }

    private void readHeader(int first) throws IOException {
        int magic = first | require(source.read()) << 8;
        int method = require(source.read());
        int flags = require(source.read());
        if (magic != MAGIC || method != DEFLATE || (flags & RESERVED) != 0) {
            throw new ZipException("a gzip member was expected here");
        }
        source.skipNBytes(6);
        if ((flags & EXTRA) != 0) {
            source.skipNBytes(unsignedShort());
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            source.skipNBytes(2);
        }
    }

    private void skipText() throws IOException {
        while (require(source.read()) != 0) {
            // Skips the name or the comment.
        }
    }

    private int unsignedShort() throws IOException {
        return require(source.read()) | require(source.read()) << 8;
    }

    private long unsignedInt() throws IOException {
        return unsignedShort() | (long) unsignedShort() << 16;
    }

    private static int require(int read) throws EOFException {
        if (read < 0) {
            throw new EOFException("it ends within a gzip member");
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        source.close();
    }
}
