package dev.monarch.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Recognizes directories of mongodump. */
final class DumpFolder {

    /** How deep a directory is searched for BSON files. */
    private static final int DEPTH = 8;

    private DumpFolder() {}

    /**
     * {@return whether a path is that of a directory of mongodump} A directory may have the same name as a backup, but
     * the name of a backup has no separator. A directory of mongodump contains BSON files, at any depth.
     */
    static boolean isAt(Path path) {
        if (path.getNameCount() > 1 && Files.isDirectory(path)) {
            return true;
        }
        return hasDocuments(path);
    }

    /** {@return whether a directory contains BSON files, at any depth} */
    static boolean hasDocuments(Path path) {
        try (Stream<Path> files = Files.isDirectory(path) ? Files.walk(path, DEPTH) : Stream.empty()) {
            return files.map(file -> file.toString().toLowerCase(Locale.ROOT)).anyMatch(name -> name.contains(".bson"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
