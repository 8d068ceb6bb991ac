package dev.monarch.queryset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file, for its owner only, that is gone when it is closed or the process ends. */
final class ScratchFile implements AutoCloseable {

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 * 1024).asReadOnlyBuffer();

    private final FileChannel channel;

    private ScratchFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates an empty file, readable by nobody else (0600); where the system can, it never again has a name. */
    static ScratchFile create() {
        try {
            Path path = Files.createTempFile("monarch-", ".tmp");
            return new ScratchFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw failed("created", e);
        }
    }

    /** Writes all of a buffer. */
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

    /** Reads into a buffer what there is, at most until it is full. */
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
     * Maps a part of the file, full of zeros.
     *
     * <p>They are written first: where no room is left, that is an exception, and writing to a hole of the file would be the
     * end of the process.
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
