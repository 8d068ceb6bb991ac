package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The source of a restore or verification: a stored backup or an archive file. */
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
     * An archive file of mongodump or Monarch. A manifest in the same directory is used.
     *
     * @param path the file
     * @return the source
     */
    static BackupSource file(Path path) {
        return new ArchiveFile(path);
    }

    /**
     * Interprets user input: the path of an existing file, or else the name of a backup.
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
     * A directory may have the same name as a backup. A mongodump directory contains BSON files, directly or one
     * level below.
     */
    private static boolean isDumpFolder(Path path) {
        try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path, 2) : Stream.empty()) {
            return files.map(Path::toString).anyMatch(name -> name.endsWith(".bson") || name.endsWith(".bson.gz"));
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
     * An archive file.
     *
     * @param path the file
     */
    record ArchiveFile(Path path) implements BackupSource {}
}
