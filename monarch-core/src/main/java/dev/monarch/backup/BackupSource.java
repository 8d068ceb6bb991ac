package dev.monarch.backup;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.Omission;

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
     * An archive file of mongodump or Monarch, a directory of mongodump, a zip or tar file of one, or the BSON file of one
     * collection. The format is detected by the content. A manifest next to an archive is used.
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
            // A pipe is refused by the name of its file.
            boolean isOther = Files.exists(path) && !Files.isDirectory(path);
            return isOther || DumpFolder.isAt(path) ? file(path) : stored(text, store);
        } catch (InvalidPathException e) {
            return stored(text, store);
        }
    }

    /**
     * What a dump contains, without its documents.
     *
     * @param title the name or path of the dump
     * @param format its format, for people: {@code a zip file}
     * @param serverVersion the version of the server it was taken from; null if the dump does not have it
     * @param databases the collections of each database, in the order of the dump
     * @param omissions what a restore leaves out
     */
    record Contents(
            String title,
            String format,
            @Nullable String serverVersion,
            Map<String, List<CollectionDescription>> databases,
            List<Omission> omissions) {

        /**
         * Creates the contents.
         *
         * @throws IllegalArgumentException if {@code title} or {@code format} is blank
         */
        public Contents {
            Checks.notBlank("title", title);
            Checks.notBlank("format", format);
            databases = Collections.unmodifiableMap(new LinkedHashMap<>(databases));
            omissions = List.copyOf(omissions);
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
