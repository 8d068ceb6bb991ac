package dev.monarch.backup;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.engine.dump.FileSource;

/**
 * The dumps of other tools in a directory of backups.
 *
 * @param folder the directory
 * @param store the name of the store
 */
record LocalDumps(BackupFolder folder, String store) {

    /** {@return those of some files and directories that are dumps} */
    List<ForeignArchive> all(List<String> names) {
        return names.stream()
                .filter(name -> ForeignArchive.isNamedLikeADump(name)
                        || DumpFolder.hasDocuments(folder.directory().resolve(name)))
                .map(this::described)
                .toList();
    }

    Optional<ForeignArchive> find(String name) {
        return path(name).map(path -> described(name));
    }

    private ForeignArchive described(String name) {
        Path path = folder.directory().resolve(name);
        try {
            boolean isDirectory = Files.isDirectory(path);
            return new ForeignArchive(
                    name,
                    store,
                    isDirectory ? 0 : Files.size(path),
                    Files.getLastModifiedTime(path).toInstant(),
                    isDirectory);
        } catch (IOException e) {
            throw folder.problem("'" + name + "' cannot be read", e);
        }
    }

    /** {@return the file or directory with a dump that is not a backup; its name cannot lead out of the directory} */
    Optional<Path> path(String name) {
        if (!folder.files().contains(name)) {
            return Optional.empty();
        }
        Path path = folder.directory().resolve(name);
        return Files.isRegularFile(path) || DumpFolder.hasDocuments(path) ? Optional.of(path) : Optional.empty();
    }

    /** Lists the files of a directory with a dump. */
    Stream<ForeignArchive> files(String directory) {
        Optional<Path> root = path(directory).filter(Files::isDirectory);
        if (root.isEmpty()) {
            return Stream.empty();
        }
        try {
            return Files.walk(root.get())
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> folder.directory().relativize(path).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .map(this::described);
        } catch (IOException e) {
            throw folder.problem("'" + directory + "' cannot be read", e);
        }
    }

    InputStream open(String name, Span span) {
        Path path = file(name)
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new UnknownBackupException(name, folder.description(), List.of()));
        try {
            return FileSource.of(path).open(span.offset(), span.length());
        } catch (IOException e) {
            throw folder.problem("'" + name + "' cannot be read", e);
        }
    }

    /** Finds a dump, or a file of a dump. Neither its name nor a link can lead out of the directory. */
    private Optional<Path> file(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return path(name);
        }
        return path(name.substring(0, slash)).flatMap(root -> {
            try {
                Path file = root.resolve(name.substring(slash + 1)).toRealPath();
                return file.startsWith(root.toRealPath()) ? Optional.of(file) : Optional.empty();
            } catch (IOException | InvalidPathException e) {
                return Optional.empty();
            }
        });
    }
}
