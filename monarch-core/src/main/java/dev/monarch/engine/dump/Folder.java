package dev.monarch.engine.dump;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.monarch.DamagedArchiveException;

/** A directory of the file system. */
final class Folder implements DumpContainer {

    private final Path directory;

    private final ContainerLimits limits;

    Folder(Path directory, ContainerLimits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** A file and its length in bytes. */
    private record Found(Path path, long length) {}

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public String database() {
        return ContainerName.ofDirectory(
                String.valueOf(directory.toAbsolutePath().normalize().getFileName()));
    }

    @Override
    public boolean isFolder() {
        return true;
    }

    @Override
    public String format() {
        return "a directory";
    }

    @Override
    public void forEach(FileVisitor visitor) throws IOException {
        Path root = directory.toRealPath();
        for (Found found : files(root)) {
            String path = root.relativize(found.path()).toString().replace(File.separatorChar, '/');
            visitor.file(new ContainedFile(
                    path, () -> Files.newInputStream(found.path()), new Expansion(path, found.length(), limits)));
        }
    }

    private List<Found> files(Path root) throws IOException {
        List<Found> files = new ArrayList<>();
        FileCount count = new FileCount(name(), limits);
        Files.walkFileTree(root, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                count.addOne();
                if (!attributes.isRegularFile()) {
                    throw DamagedArchiveException.inFile(
                            root.relativize(file).toString(),
                            0,
                            attributes.isSymbolicLink() ? "it is a link" : "it is not a regular file",
                            null);
                }
                files.add(new Found(file, attributes.size()));
                return FileVisitResult.CONTINUE;
            }
        });
        files.sort(Comparator.comparing(found -> found.path().toString()));
        return files;
    }
}
