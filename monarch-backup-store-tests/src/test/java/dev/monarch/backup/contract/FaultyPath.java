package dev.monarch.backup.contract;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

import org.jspecify.annotations.Nullable;

/**
 * A path of {@link FaultyFiles}.
 *
 * @param fileSystem its file system
 * @param path the path in the machine's file system
 */
record FaultyPath(FaultyFileSystem fileSystem, Path path) implements Path {

    static Path real(Path path) {
        return path instanceof FaultyPath faulty ? faulty.path : path;
    }

    private @Nullable Path wrapped(@Nullable Path other) {
        return other == null ? null : new FaultyPath(fileSystem, other);
    }

    private Path same(Path other) {
        return new FaultyPath(fileSystem, other);
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return wrapped(path.getRoot());
    }

    @Override
    public @Nullable Path getFileName() {
        return wrapped(path.getFileName());
    }

    @Override
    public @Nullable Path getParent() {
        return wrapped(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return same(path.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return same(path.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return path.startsWith(real(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return path.endsWith(real(other));
    }

    @Override
    public Path normalize() {
        return same(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return same(path.resolve(real(other)));
    }

    @Override
    public Path relativize(Path other) {
        return same(path.relativize(real(other)));
    }

    @Override
    public URI toUri() {
        return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return same(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return fileSystem.files().make("resolve", path, () -> same(path.toRealPath(options)));
    }

    @Override
    public File toFile() {
        return path.toFile();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(real(other));
    }

    /** So that locks within the process apply to a store with faults and one without. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FaultyPath faulty && faulty.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
