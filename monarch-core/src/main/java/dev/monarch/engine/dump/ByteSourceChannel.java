package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A part of a {@link ByteSource}, for the library. Reads ahead, because an object in a bucket takes long to ask. */
final class ByteSourceChannel implements SeekableByteChannel {

    private static final int BUFFER = 64 * 1024;

    private final ByteSource source;

    private final long begin;

    private final long size;

    private final byte[] buffer = new byte[BUFFER];

    /** The position of the first byte in the buffer. */
    private long buffered;

    private int length;

    private long position;

    /**
     * @param begin the first byte, which has position 0
     * @param end the byte after the last one
     */
    ByteSourceChannel(ByteSource source, long begin, long end) {
        this.source = source;
        this.begin = begin;
        this.size = end - begin;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (position < buffered || position >= buffered + length) {
            fill();
        }
        int at = (int) (position - buffered);
        int read = Math.min(target.remaining(), length - at);
        if (read <= 0) {
            return -1;
        }
        target.put(buffer, at, read);
        position += read;
        return read;
    }

    private void fill() throws IOException {
        long wanted = Math.max(0, Math.min(BUFFER, size - position));
        buffered = position;
        length = 0;
        if (wanted > 0) {
            try (InputStream stream = source.open(begin + position, wanted)) {
                length = stream.readNBytes(buffer, 0, (int) wanted);
            }
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new IOException("A position is negative");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer bytes) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Does nothing: the container closes the source, and can be read again. */
    @Override
    public void close() {}
}
