package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The source of a restore or verification: a stored backup, an archive file or another dump. */
public sealed interface BackupSource {

    /**
     * A backup in the default store.
     *
     * @param name its exact name
     * @return the source
     */
    static BackupSource stored(String name) {
        return new Stored(name, null);
    }

    /**
     * A backup in one of the stores.
     *
     * @param name its exact name
     * @param store the name of the store; null for the default one
     * @return the source
     */
    static BackupSource stored(String name, @Nullable String store) {
        return new Stored(name, store);
    }

    /**
     * An archive file of mongodump or Monarch, a directory of mongodump, or a zip or tar file of one. The format is
     * detected by the content. A manifest next to an archive is used.
     *
     * @param path the file or directory
     * @return the source
     */
    static BackupSource file(Path path) {
        return new ArchiveFile(path);
    }

    /**
     * Interprets user input: the path of an existing file or of a directory with a dump, or else the name of a backup.
     *
     * @param text the path or the name
     * @param store the name of the store; null for the default one
     * @return the source
     */
    static BackupSource of(String text, @Nullable String store) {
        try {
            Path path = Path.of(text);
            return Files.isRegularFile(path) || isDumpFolder(path) ? file(path) : stored(text, store);
        } catch (InvalidPathException e) {
            return stored(text, store);
        }
    }

    /**
     * A directory may have the same name as a backup, but a backup's name has no separator. A directory of mongodump
     * contains BSON files, at any depth.
     */
    private static boolean isDumpFolder(Path path) {
        if (path.getNameCount() > 1 && Files.isDirectory(path)) {
            return true;
        }
        try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path, 8) : Stream.empty()) {
            return files.map(file -> file.toString().toLowerCase(Locale.ROOT)).anyMatch(name -> name.contains(".bson"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /**
     * A backup in a store.
     *
     * @param name its exact name
     * @param store the name of the store; null for the default one
     */
    record Stored(String name, @Nullable String store) implements BackupSource {}

    /**
     * An archive file or another dump.
     *
     * @param path the file or directory
     */
    record ArchiveFile(Path path) implements BackupSource {}
}
