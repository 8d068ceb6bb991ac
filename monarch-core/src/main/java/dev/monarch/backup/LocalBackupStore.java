package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.lock.Uninterrupted;

/**
 * Stores backups in a directory: {@code NAME.archive.zst} and {@code NAME.manifest.json}. Only their owner can read
 * them, if the file system supports owners.
 *
 * <p>The data is written under a temporary name, fsynced and renamed, and the directory is fsynced; then the manifest
 * in the same way. After a crash at any time, there is either a complete backup or files that the next backup
 * removes. The directory may contain files of others.
 */
public final class LocalBackupStore implements BackupStore {

    private static final Logger log = LoggerFactory.getLogger(LocalBackupStore.class);

    private static final int NAMES_TRIED = 1000;

    private final BackupFolder folder;

    private final LocalDumps dumps;

    /**
     * Creates a store. The directory is accessed on first use.
     *
     * @param directory the directory; the first backup creates it if its parent exists
     */
    public LocalBackupStore(Path directory) {
        this.folder = new BackupFolder(directory);
        this.dumps = new LocalDumps(folder, name());
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String description() {
        return folder.description();
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        BackupName.problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException("name " + problem + ": '" + name + "'");
        });
        if (!BackupArchive.Volume.isExtension(extension)) {
            throw new IllegalArgumentException("extension must be like .archive.zst, but is '" + extension + "'");
        }
        folder.create();
        try (DirectoryLock lock = DirectoryLock.acquire(folder)) {
            AbandonedFiles.removeIn(lock);
            return beginFirstFree(lock, name, extension);
        } catch (IOException e) {
            throw folder.problem("a backup cannot be started", e);
        }
    }

    private BackupUpload beginFirstFree(DirectoryLock lock, String requested, String extension) throws IOException {
        for (int i = 1; i <= NAMES_TRIED; i++) {
            String name = i == 1 ? requested : requested + "_" + i;
            NameReservation reservation = folder.isTaken(name) ? null : NameReservation.reserve(lock, name, extension);
            if (reservation != null) {
                return LocalUpload.begin(folder, name, extension, reservation);
            }
        }
        throw new BackupStoreException(
                description(),
                Reason.BACKUP_NAMES_TAKEN,
                "there are " + NAMES_TRIED + " backups '" + requested + "'",
                null);
    }

    @Override
    public List<BackupSummary> list() {
        return folder.names().stream()
                .map(this::summary)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(BackupSummary::created)
                        .thenComparing(BackupSummary::name)
                        .reversed())
                .toList();
    }

    private Optional<BackupSummary> summary(String name) {
        try {
            Manifest manifest = manifest(name);
            if (manifest == null) {
                return Optional.empty();
            }
            Path file = dataOf(manifest);
            if (!Files.exists(file) || Files.size(file) != manifest.archive().length()) {
                log.warn(
                        "The backup '{}' in {} is not listed: '{}' is missing, or its length has changed",
                        name,
                        description(),
                        file.getFileName());
                return Optional.empty();
            }
            return Optional.of(manifest.summary(name()));
        } catch (BackupStoreException | IOException e) {
            log.warn("The backup '{}' is not listed: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<String> others(List<BackupSummary> backups) {
        List<String> names = backups.stream().map(BackupSummary::name).toList();
        List<String> files = folder.files();
        return new BackupFiles(names, folder.busyNames()).others(files, this::find);
    }

    @Override
    public Manifest find(String name) {
        Manifest manifest = BackupName.problem(name).isEmpty() ? manifest(name) : null;
        if (manifest == null) {
            throw new UnknownBackupException(name, description(), NearestNames.to(name, folder.names()));
        }
        return manifest;
    }

    private @Nullable Manifest manifest(String name) {
        Path file = folder.manifest(name);
        try {
            return Manifest.fromJson(
                            Files.readAllBytes(file),
                            description(),
                            file.getFileName().toString())
                    .withName(name);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw folder.problem("'" + file.getFileName() + "' cannot be read", e);
        }
    }

    /** A local backup has one volume. */
    private Path dataOf(Manifest manifest) {
        return folder.data(manifest.name(), manifest.archive().volumes().get(0).extension());
    }

    @Override
    public InputStream open(String name) {
        Path file = dataOf(find(name));
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw folder.problem("'" + file.getFileName() + "' cannot be read", e);
        }
    }

    @Override
    public List<ForeignArchive> foreignArchives() {
        return dumps.all(new BackupFiles(folder.names(), folder.busyNames()).others(folder.files(), this::find));
    }

    @Override
    public Optional<ForeignArchive> foreignArchive(String name) {
        return dumps.find(name);
    }

    /** {@return the file or directory with a dump that is not a backup; its name cannot lead out of the directory} */
    Optional<Path> foreignPath(String name) {
        return dumps.path(name);
    }

    @Override
    public Stream<ForeignArchive> foreignFiles(String directory) {
        return dumps.files(directory);
    }

    @Override
    public InputStream openForeign(String name, Span span) {
        return dumps.open(name, span);
    }

    @Override
    public void delete(String name) {
        Manifest manifest = find(name);
        Uninterrupted.run(() -> new LocalDeletion(folder, manifest).run());
    }
}
