package dev.monarch.engine.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of the file system.
 *
 * @param path the file
 * @param length its length in bytes
 */
public record FileSource(Path path, long length) implements ByteSource {

    /**
     * Finds a file.
     *
     * @param path the file
     * @return the file with its length
     * @throws IOException if there is no such file
     */
    public static FileSource of(Path path) throws IOException {
        return new FileSource(path, Files.size(path));
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public String directory() {
        Path parent = path.toAbsolutePath().normalize().getParent();
        return parent == null || parent.getFileName() == null
                ? ""
                : parent.getFileName().toString();
    }

    @Override
    public Optional<ByteSource> sibling(String name) throws IOException {
        Path sibling = path.resolveSibling(name);
        return Files.isRegularFile(sibling) ? Optional.of(of(sibling)) : Optional.empty();
    }

    @Override
    public InputStream open(long offset, long maximum) throws IOException {
        InputStream stream = Files.newInputStream(path);
        try {
            stream.skipNBytes(offset);
            return new BoundedStream(stream, maximum);
        } catch (IOException e) {
            try (stream) {
                throw e;
            }
        }
    }
}
