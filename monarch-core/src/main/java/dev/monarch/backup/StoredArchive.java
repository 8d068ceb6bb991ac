package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.monarch.BackupStoreException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.archive.ArchiveSelection;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.UnsupportedArchive;
import dev.monarch.engine.dump.Dump;
import dev.monarch.engine.dump.FileSource;

/**
 * An archive in a store or a file, with its manifest, or another dump.
 *
 * @param title its name in messages
 * @param manifest its manifest; null if it has none
 * @param problem why its manifest cannot be used; null if it can, or there is none
 * @param data opens the data of an archive; null if its location is unknown, or for another dump
 * @param dump a directory of mongodump, a zip or tar file of one, or one file of it; null for an archive
 */
record StoredArchive(
        String title,
        @Nullable Manifest manifest,
        @Nullable BackupStoreException problem,
        @Nullable Opening data,
        @Nullable Dump dump) {

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
            return of(stored.name(), store, stores);
        }
        return of(((BackupSource.ArchiveFile) source).path(), stores);
    }

    private static StoredArchive of(Path path, BackupStores stores) {
        if (Files.isDirectory(path)) {
            return of(path.toString(), Dump.ofFolder(path, stores.dumpLimits().engine()));
        }
        if (!Files.isRegularFile(path)) {
            if (Files.exists(path)) {
                throw inaccessible(
                        path, "is neither a file nor a directory. Write the dump into a file: it is read twice", null);
            }
            throw new UnknownBackupException(path.toString(), "the file system", List.of());
        }
        try {
            Manifest manifest = ManifestFile.nextTo(path);
            if (manifest == null) {
                return withoutManifest(path, stores);
            }
            return new StoredArchive(path.toString(), manifest, null, () -> openFile(path), null);
        } catch (BackupStoreException e) {
            return new StoredArchive(path.toString(), null, e, () -> openFile(path), null);
        }
    }

    private static StoredArchive of(String title, Dump dump) {
        return new StoredArchive(title, null, null, null, dump);
    }

    private static StoredArchive withoutManifest(Path path, BackupStores stores) {
        try {
            return Dump.of(FileSource.of(path), stores.dumpLimits().engine())
                    .map(dump -> of(path.toString(), dump))
                    .orElseGet(() -> new StoredArchive(path.toString(), null, null, () -> openFile(path), null));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Opens one database without its manifest. */
    ArchiveSource source(ArchiveSelection selection) {
        return naming(() ->
                dump != null ? ArchiveSource.open(dump.open(), selection) : ArchiveSource.open(open(), selection));
    }

    /** Opens all databases without their manifest, for reading and not for restoring. */
    ArchiveSource allSources() {
        return naming(() -> dump != null ? ArchiveSource.openAll(dump.open()) : ArchiveSource.openAll(open()));
    }

    private ArchiveSource naming(Supplier<ArchiveSource> opening) {
        try {
            return opening.get();
        } catch (OperationRefusedException e) {
            throw UnsupportedArchive.named(e, title);
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

    private static StoredArchive of(String name, BackupStore store, BackupStores stores) {
        try {
            return new StoredArchive(name, store.find(name), null, new InStore(store, name), null);
        } catch (UnknownBackupException e) {
            return foreign(name, store, stores).orElseThrow(() -> e);
        } catch (BackupStoreException e) {
            return new StoredArchive(name, null, e, null, null);
        }
    }

    /** A store may also contain archives and other dumps without manifests. */
    private static Optional<StoredArchive> foreign(String name, BackupStore store, BackupStores stores) {
        if (store instanceof LocalBackupStore local) {
            return local.foreignPath(name).map(path -> of(path, stores));
        }
        return store.foreignArchive(name).map(object -> of(store, object, stores));
    }

    private static StoredArchive of(BackupStore store, BackupStore.ForeignArchive object, BackupStores stores) {
        if (object.directory()) {
            return of(
                    object.name(),
                    Dump.ofFiles(
                            object.name(),
                            () -> store.foreignFiles(object.name()).map(file -> new ForeignObject(store, file)),
                            stores.dumpLimits().engine()));
        }
        ForeignObject source = new ForeignObject(store, object);
        try (source) {
            return Dump.of(source, stores.dumpLimits().engine())
                    .map(dump -> of(object.name(), dump))
                    .orElseGet(() -> new StoredArchive(
                            object.name(),
                            null,
                            null,
                            () -> store.openForeign(object.name(), new Span(0, object.bytes())),
                            null));
        } catch (IOException e) {
            throw new BackupStoreException(
                    store.description(),
                    Reason.BACKUP_FILE_INACCESSIBLE,
                    "'" + object.name() + "' cannot be read (" + e.getMessage() + ")",
                    e);
        }
    }

    /** {@return what the archive contains, without its documents} */
    BackupSource.Contents contents() {
        try (ArchiveSource source = allSources()) {
            String version = source.header().serverVersion();
            return new BackupSource.Contents(
                    title,
                    dump == null ? "an archive" : dump.format(),
                    version.isEmpty() ? null : version,
                    source.contents(),
                    source.catalogue().omissions());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream openFile(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static BackupStoreException unreadable(Path path, IOException e) {
        return inaccessible(path, "cannot be read (" + e.getMessage() + ")", e);
    }

    private static BackupStoreException inaccessible(Path path, String problem, @Nullable IOException cause) {
        return new BackupStoreException(
                "'" + path.toAbsolutePath().getParent() + "'",
                Reason.BACKUP_FILE_INACCESSIBLE,
                "'" + path.getFileName() + "' " + problem,
                cause);
    }
}
