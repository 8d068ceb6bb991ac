package dev.monarch.queryset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that only its owner can read. It is deleted when it is closed or the process ends. */
final class ScratchFile implements AutoCloseable {

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 * 1024).asReadOnlyBuffer();

    private final FileChannel channel;

    private ScratchFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates an empty file with mode 0600. If the system supports it, its name is removed immediately. */
    static ScratchFile create() {
        try {
            Path path = Files.createTempFile("monarch-", ".tmp");
            return new ScratchFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw failed("created", e);
        }
    }

    /** Writes a whole buffer. */
    void write(ByteBuffer bytes, long at) {
        try {
            long position = at;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** Reads until a buffer is full or the file ends. */
    void read(ByteBuffer bytes, long at) {
        try {
            int read = channel.read(bytes, at);
            for (long position = at + read; read > 0 && bytes.hasRemaining(); position += read) {
                read = channel.read(bytes, position);
            }
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Maps a part of the file that is filled with zeros.
     *
     * <p>The zeros are written first. On a full disk this throws an exception, whereas a write to a sparse mapped
     * file would crash the process.
     */
    MappedByteBuffer mapZeros(long at, int length) {
        for (int done = 0; done < length; done += ZEROS.capacity()) {
            write(ZEROS.duplicate().limit(Math.min(ZEROS.capacity(), length - done)), at + done);
        }
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, at, length);
        } catch (IOException e) {
            throw failed("mapped into memory", e);
        }
    }

    private static UncheckedIOException failed(String what, IOException cause) {
        return new UncheckedIOException(
                "a temporary file in " + System.getProperty("java.io.tmpdir") + " could not be " + what + ": "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("closed", e);
        }
    }
}
