package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.monarch.backup.BackupStore.ForeignArchive;

/** Recognizes directories of mongodump. */
final class DumpFolder {

    /** How many files of a directory are searched for those of a dump. */
    private static final int MOST_FILES = 100_000;

    private DumpFolder() {}

    /**
     * {@return whether a path is that of a directory of mongodump} A directory may have the same name as a backup, but
     * the name of a backup has no separator. A directory of mongodump contains files of a dump, at any depth.
     */
    static boolean isAt(Path path) {
        if (path.getNameCount() > 1 && Files.isDirectory(path)) {
            return true;
        }
        return hasDocuments(path);
    }

    /** {@return whether a directory contains files of a dump, at any depth} */
    static boolean hasDocuments(Path path) {
        try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path) : Stream.empty()) {
            return files.limit(MOST_FILES).anyMatch(file -> ForeignArchive.isFileOfADump(file.toString()));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
