package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A zip file in a {@link ByteSource}, for the library. Reads ahead, because it takes long to open a file, and longer to
 * request an object of a bucket. Bytes that belong to nothing are hidden.
 */
final class ByteSourceChannel implements SeekableByteChannel {

    private static final int BUFFER = 64 * 1024;

    /** How far it reads ahead while the reads continue. */
    private static final int LONGEST = 1024 * 1024;

    private final ByteSource source;

    private final ZipDirectory zip;

    /** The position behind the directory, where bytes may be hidden. */
    private final long behindDirectory;

    private final long size;

    private byte[] buffer = new byte[BUFFER];

    /** The position of the first byte in the buffer. */
    private long buffered;

    private int length;

    private long position;

    ByteSourceChannel(ByteSource source, ZipDirectory zip) {
        this.source = source;
        this.zip = zip;
        this.behindDirectory = zip.directory() + zip.length() - zip.begin();
        this.size = zip.end() - zip.begin() - zip.gap();
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
        boolean continues = length > 0 && position == buffered + length;
        int ahead = continues ? Math.min(LONGEST, buffer.length * 2) : BUFFER;
        if (buffer.length != ahead) {
            buffer = new byte[ahead];
        }
        boolean isBehind = position >= behindDirectory;
        long wanted = Math.max(0, Math.min(ahead, (isBehind ? size : behindDirectory) - position));
        buffered = position;
        length = 0;
        if (wanted > 0) {
            try (InputStream stream = source.open(zip.begin() + position + (isBehind ? zip.gap() : 0), wanted)) {
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
