package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.archive.ArchiveSource;

/**
 * An archive in a store or a file, with its manifest.
 *
 * @param title its name in messages
 * @param manifest its manifest; null if it has none
 * @param problem why its manifest cannot be used; null if it can, or there is none
 * @param data opens the data; null if its location is unknown
 */
record StoredArchive(
        String title,
        @Nullable Manifest manifest,
        @Nullable BackupStoreException problem,
        @Nullable Opening data) {

    private static final String ARCHIVE = ".archive";

    /** Opens the data: all of it, or some ranges. */
    interface Opening {

        InputStream open();

        default InputStream open(List<Span> spans) {
            return new SpannedStream(open(), spans);
        }
    }

    private record InStore(BackupStore store, String name) implements Opening {

        @Override
        public InputStream open() {
            return store.open(name);
        }

        @Override
        public InputStream open(List<Span> spans) {
            return store.open(name, spans);
        }
    }

    static StoredArchive of(BackupSource source, BackupStores stores) {
        if (source instanceof BackupSource.Stored stored) {
            BackupStore store = stores.get(stored.store());
            return of(stored.name(), store);
        }
        Path path = ((BackupSource.ArchiveFile) source).path();
        if (Files.isDirectory(path)) {
            throw ArchiveSource.folder(path.toString());
        }
        if (!Files.isRegularFile(path)) {
            throw new UnknownBackupException(path.toString(), "the file system", List.of());
        }
        try {
            return new StoredArchive(path.toString(), manifestNextTo(path), null, () -> openFile(path));
        } catch (BackupStoreException e) {
            return new StoredArchive(path.toString(), null, e, () -> openFile(path));
        }
    }

    /**
     * Opens the archive.
     *
     * @throws BackupStoreException if its manifest is damaged, so that its location is unknown
     */
    InputStream open() {
        return requireData().open();
    }

    /**
     * Opens some ranges of the archive.
     *
     * @throws BackupStoreException if its manifest is damaged, so that its location is unknown
     */
    InputStream open(List<Span> spans) {
        return requireData().open(spans);
    }

    private Opening requireData() {
        if (data != null) {
            return data;
        }
        throw problem != null ? problem : new IllegalStateException("'" + title + "' has no data");
    }

    private static StoredArchive of(String name, BackupStore store) {
        try {
            return new StoredArchive(name, store.find(name), null, new InStore(store, name));
        } catch (BackupStoreException e) {
            return new StoredArchive(name, null, e, null);
        }
    }

    private static InputStream openFile(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static @Nullable Manifest manifestNextTo(Path path) {
        String file = String.valueOf(path.getFileName());
        // The name may also contain ".archive", so the longest name with a manifest is used.
        for (int end = file.lastIndexOf(ARCHIVE); end > 0; end = file.lastIndexOf(ARCHIVE, end - 1)) {
            Manifest manifest = manifestAt(path.resolveSibling(file.substring(0, end) + ".manifest.json"));
            if (manifest != null && isOf(manifest, file.substring(end))) {
                return manifest;
            }
        }
        return manifestAt(path.resolveSibling(file + ".manifest.json"));
    }

    private static boolean isOf(Manifest manifest, String extension) {
        return manifest.archive().volumes().get(0).extension().equals(extension);
    }

    private static @Nullable Manifest manifestAt(Path manifest) {
        try {
            return Manifest.fromJson(
                    Files.readAllBytes(manifest),
                    "'" + manifest.toAbsolutePath().getParent() + "'",
                    String.valueOf(manifest.getFileName()));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw unreadable(manifest, e);
        }
    }

    private static BackupStoreException unreadable(Path path, IOException e) {
        return new BackupStoreException(
                "'" + path.toAbsolutePath().getParent() + "'",
                Reason.BACKUP_FILE_INACCESSIBLE,
                "'" + path.getFileName() + "' cannot be read (" + e.getMessage() + ")",
                e);
    }
}
