package dev.monarch.backup.contract;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The machine's file system, with calls that fail on request. */
final class FaultyFiles extends FileSystemProvider {

    private final FileSystemProvider files;

    private final CallFaults faults;

    private final FaultyFileSystem fileSystem;

    private FaultyFiles(FileSystem fileSystem, CallFaults faults) {
        this.files = fileSystem.provider();
        this.faults = faults;
        this.fileSystem = new FaultyFileSystem(this, fileSystem);
    }

    /** Returns the same folder, whose files are read and written through this provider. */
    static Path in(Path folder, CallFaults faults) {
        return new FaultyPath(new FaultyFiles(folder.getFileSystem(), faults).fileSystem, folder);
    }

    /** A call of the file system. */
    interface Call<T extends @Nullable Object> {

        T run() throws IOException;
    }

    /** Makes a call, or fails before or after it. */
    <T extends @Nullable Object> T make(String what, @Nullable Path path, Call<T> call) throws IOException {
        CallFaults.Outcome outcome = faults.next(path == null ? what : what + " " + path.getFileName());
        if (outcome == CallFaults.Outcome.FAILS) {
            throw new IOException("Input/output error, before the call");
        }
        if (outcome == CallFaults.Outcome.PASSES) {
            return call.run();
        }
        try {
            if (call.run() instanceof AutoCloseable opened) {
                close(opened);
            }
        } catch (IOException e) {
            throw new IOException("Input/output error, outcome unknown", e);
        }
        throw new IOException("Input/output error, after the call");
    }

    /** A call without a result. */
    interface Step {

        void run() throws IOException;
    }

    /** Makes a call, or fails before or after it. */
    void perform(String what, Path path, Step step) throws IOException {
        make(what, path, () -> {
            step.run();
            return true;
        });
    }

    private static void close(AutoCloseable opened) throws IOException {
        try {
            opened.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path real(Path path) {
        return FaultyPath.real(path);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return make("open " + options, path, () -> files.newByteChannel(real(path), options, attributes));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return make(
                "open " + options,
                path,
                () -> new FaultyChannel(this, path, files.newFileChannel(real(path), options, attributes)));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return make("list", folder, () -> {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> stream = files.newDirectoryStream(real(folder), path -> true)) {
                stream.forEach(path -> found.add(new FaultyPath(fileSystem, path)));
            }
            return new Listed(found);
        });
    }

    /** The entries of a folder. */
    private record Listed(List<Path> paths) implements DirectoryStream<Path> {

        @Override
        public java.util.Iterator<Path> iterator() {
            return paths.iterator();
        }

        @Override
        public void close() {}
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        perform("create", folder, () -> files.createDirectory(real(folder), attributes));
    }

    @Override
    public void delete(Path path) throws IOException {
        perform("delete", path, () -> files.delete(real(path)));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        perform("move", source, () -> files.move(real(source), real(target), options));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        perform("copy", source, () -> files.copy(real(source), real(target), options));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return make("read attributes of", path, () -> files.readAttributes(real(path), type, options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return make("read attributes of", path, () -> files.readAttributes(real(path), attributes, options));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        perform("check access to", path, () -> files.checkAccess(real(path), modes));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return make("get file store of", path, () -> files.getFileStore(real(path)));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return files.getFileAttributeView(real(path), type, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        files.setAttribute(real(path), attribute, value, options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return files.isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return files.isHidden(real(path));
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }
}
