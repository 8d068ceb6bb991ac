package dev.monarch.backup;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import com.sun.nio.file.ExtendedOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.archive.ArchiveOutput.Span;

/**
 * A file that is written with direct I/O, bypassing the page cache, if its file system supports it. Otherwise a
 * backup would evict the cached data of a database on the same machine, and writers would wait while the cache is
 * flushed.
 *
 * <p>Used by one thread at a time.
 */
final class DirectIoFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectIoFile.class);

    /** Large enough for full disk throughput. */
    private static final int PIECE = 4 * 1024 * 1024;

    private static final int MOVE_BUFFER = 1024 * 1024;

    private final Path path;

    /** Addresses, offsets and lengths of buffers must be multiples of this. */
    private final int alignment;

    private FileChannel channel;

    private boolean direct;

    private long length;

    private DirectIoFile(Path path, FileChannel channel, boolean direct, int alignment) {
        this.path = path;
        this.channel = channel;
        this.direct = direct;
        this.alignment = alignment;
    }

    /** Opens an existing, empty file. */
    static DirectIoFile open(Path path) throws IOException {
        int alignment = alignment(path);
        FileChannel directChannel = alignment == 0 ? null : openDirect(path);
        return directChannel == null
                ? new DirectIoFile(path, openCached(path), false, 1)
                : new DirectIoFile(path, directChannel, true, alignment);
    }

    /** {@return the block size; 0 if it is unknown or unsuitable} */
    private static int alignment(Path path) {
        try {
            long block = Files.getFileStore(path).getBlockSize();
            return block > 0 && PIECE % block == 0 ? (int) block : 0;
        } catch (IOException | UnsupportedOperationException e) {
            // In some containers, a process cannot see the mounts.
            log.debug("The file system of '{}' is unknown", path, e);
            return 0;
        }
    }

    private static @Nullable FileChannel openDirect(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            // The option is in the module jdk.unsupported, which some runtimes lack.
            log.debug("'{}' uses the page cache", path, e);
            return null;
        }
    }

    private static FileChannel openCached(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** {@return an empty buffer, to be filled and appended} */
    ByteBuffer piece() {
        return ByteBuffer.allocateDirect(PIECE + alignment - 1).alignedSlice(alignment);
    }

    /** Appends a full buffer. */
    void append(ByteBuffer piece) throws IOException {
        try {
            write(piece);
        } catch (IOException e) {
            if (!direct) {
                throw e;
            }
            log.debug("'{}' uses the page cache from here on", path, e);
            usePageCache();
            write(piece);
        }
    }

    /** Appends bytes of any length. This and later writes use the page cache. */
    void appendOdd(ByteBuffer bytes) throws IOException {
        usePageCache();
        write(bytes);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
    }

    private void usePageCache() throws IOException {
        if (direct) {
            direct = false;
            channel.close();
            channel = openCached(path);
        }
    }

    /** Removes ranges. */
    void cut(List<Span> spans) throws IOException {
        usePageCache();
        long to = spans.isEmpty() ? length : spans.get(0).offset();
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            long from = span.offset() + span.length();
            long next = i + 1 < spans.size() ? spans.get(i + 1).offset() : length;
            move(from, to, next - from);
            to += next - from;
        }
        channel.truncate(to);
        length = to;
    }

    private void move(long from, long to, long bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MOVE_BUFFER);
        for (long moved = 0; moved < bytes; moved += buffer.limit()) {
            buffer.clear().limit((int) Math.min(MOVE_BUFFER, bytes - moved));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + moved + buffer.position()) < 0) {
                    throw new EOFException("'" + path + "' is shorter than the written data");
                }
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer, to + moved + buffer.position());
            }
        }
    }

    /** Fsyncs the file. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
