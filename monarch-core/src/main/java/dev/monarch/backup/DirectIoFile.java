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
 * A file that is written past the system's cache where its file system can do that: a backup would push out of the cache
 * what a database on the same machine has there, and a cache that has to be emptied holds up whoever writes.
 *
 * <p>Used by one thread at a time.
 */
final class DirectIoFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectIoFile.class);

    /** As much as a disk has to be given at once to be as fast as it can. */
    private static final int PIECE = 4 * 1024 * 1024;

    private static final int MOVED_AT_ONCE = 1024 * 1024;

    private final Path path;

    /** What addresses, places and lengths of pieces are a multiple of. */
    private final int alignment;

    private FileChannel channel;

    private boolean pastTheCache;

    private long length;

    private DirectIoFile(Path path, FileChannel channel, boolean pastTheCache, int alignment) {
        this.path = path;
        this.channel = channel;
        this.pastTheCache = pastTheCache;
        this.alignment = alignment;
    }

    /** Opens a file that is there, and empty. */
    static DirectIoFile open(Path path) throws IOException {
        int alignment = alignment(path);
        FileChannel uncached = alignment == 0 ? null : openUncached(path);
        return uncached == null
                ? new DirectIoFile(path, openCached(path), false, 1)
                : new DirectIoFile(path, uncached, true, alignment);
    }

    /** Returns the length of a block; 0 if it is not known, or of no use. */
    private static int alignment(Path path) {
        try {
            long block = Files.getFileStore(path).getBlockSize();
            return block > 0 && PIECE % block == 0 ? (int) block : 0;
        } catch (IOException | UnsupportedOperationException e) {
            // In some containers a process does not see what is mounted where.
            log.debug("What '{}' is on is not known", path, e);
            return 0;
        }
    }

    private static @Nullable FileChannel openUncached(Path path) {
        try {
            return FileChannel.open(path, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException | LinkageError e) {
            // The option is of the module jdk.unsupported, which not every runtime has.
            log.debug("'{}' goes through the system's cache", path, e);
            return null;
        }
    }

    private static FileChannel openCached(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Returns an empty piece, to be filled and appended. */
    ByteBuffer piece() {
        return ByteBuffer.allocateDirect(PIECE + alignment - 1).alignedSlice(alignment);
    }

    /** Appends a whole piece. */
    void append(ByteBuffer piece) throws IOException {
        try {
            write(piece);
        } catch (IOException e) {
            if (!pastTheCache) {
                throw e;
            }
            log.debug("'{}' goes through the system's cache from here on", path, e);
            goThroughTheCache();
            write(piece);
        }
    }

    /** Appends bytes of any length; whatever comes later goes through the cache. */
    void appendOdd(ByteBuffer bytes) throws IOException {
        goThroughTheCache();
        write(bytes);
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            length += channel.write(bytes, length);
        }
    }

    private void goThroughTheCache() throws IOException {
        if (pastTheCache) {
            pastTheCache = false;
            channel.close();
            channel = openCached(path);
        }
    }

    /** Takes stretches out. */
    void cut(List<Span> spans) throws IOException {
        goThroughTheCache();
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
        ByteBuffer buffer = ByteBuffer.allocate(MOVED_AT_ONCE);
        for (long moved = 0; moved < bytes; moved += buffer.limit()) {
            buffer.clear().limit((int) Math.min(MOVED_AT_ONCE, bytes - moved));
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + moved + buffer.position()) < 0) {
                    throw new EOFException("'" + path + "' is shorter than what was written");
                }
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer, to + moved + buffer.position());
            }
        }
    }

    /** Waits until everything is on the disk. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
