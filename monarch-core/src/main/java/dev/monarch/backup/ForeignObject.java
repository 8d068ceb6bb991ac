package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.engine.dump.BoundedStream;
import dev.monarch.engine.dump.ByteSource;

/**
 * An object in a store that is not a backup. Short distances are skipped, because another request takes longer; the
 * requested ranges grow while the reads continue. For use by one thread.
 */
final class ForeignObject implements ByteSource {

    private static final long SKIPPED = 1024 * 1024;

    private static final long LONGEST = 256 * SKIPPED;

    private final BackupStore store;

    private final ForeignArchive object;

    private @Nullable InputStream stream;

    private long position;

    private long end;

    private long window = SKIPPED;

    ForeignObject(BackupStore store, ForeignArchive object) {
        this.store = store;
        this.object = object;
    }

    @Override
    public String name() {
        return object.name();
    }

    @Override
    public long length() {
        return object.bytes();
    }

    @Override
    public Optional<ByteSource> sibling(String name) {
        return store.foreignArchive(name)
                .filter(found -> !found.directory())
                .map(found -> new ForeignObject(store, found));
    }

    @Override
    public InputStream open(long offset, long length) {
        return new BoundedStream(new Part(offset), Math.max(0, Math.min(length, length() - offset)));
    }

    private int read(long at, byte[] bytes, int offset, int length) throws IOException {
        InputStream open = streamAt(at);
        int read = open.read(bytes, offset, (int) Math.min(length, end - at));
        position += Math.max(read, 0);
        return read;
    }

    private InputStream streamAt(long at) throws IOException {
        InputStream open = stream;
        if (open != null && at >= position && at - position <= SKIPPED && at < end) {
            open.skipNBytes(at - position);
            position = at;
            return open;
        }
        window = open != null && at == end ? Math.min(window * 4, LONGEST) : SKIPPED;
        close();
        position = at;
        end = Math.min(length(), at + window);
        open = store.openForeign(object.name(), new Span(at, end - at));
        stream = open;
        return open;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    /** The object from an offset. Closing it keeps the connection for the next part. */
    private final class Part extends InputStream {

        private long at;

        Part(long at) {
            this.at = at;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = ForeignObject.this.read(at, bytes, offset, length);
            at += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long distance) {
            long skipped = Math.max(0, distance);
            at += skipped;
            return skipped;
        }
    }
}
