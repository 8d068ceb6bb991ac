package dev.monarch.backup.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** An open file of {@link FaultyFiles}. */
final class FaultyChannel extends FileChannel {

    private final FaultyFiles files;

    private final Path path;

    private final FileChannel real;

    FaultyChannel(FaultyFiles files, Path path, FileChannel real) {
        this.files = files;
        this.path = path;
        this.real = real;
    }

    private <T extends @Nullable Object> T make(String what, FaultyFiles.Call<T> call) throws IOException {
        return files.make(what, path, call);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return make("read", () -> real.read(bytes));
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return make("read", () -> real.read(bytes, offset, length));
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return make("read", () -> real.read(bytes, position));
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int written = write(bytes, real.position());
        real.position(real.position() + written);
        return written;
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return make("write", () -> real.write(bytes, offset, length));
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        ByteBuffer copy = bytes.duplicate();
        int written = make("write", () -> real.write(copy, position));
        bytes.position(copy.position());
        return written;
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        files.perform("truncate", path, () -> real.truncate(size));
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        files.perform("sync", path, () -> real.force(metadata));
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return make("lock", () -> real.lock(position, size, shared));
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return make("lock", () -> real.tryLock(position, size, shared));
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return make("read", () -> real.transferTo(position, count, target));
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return make("write", () -> real.transferFrom(source, position, count));
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
