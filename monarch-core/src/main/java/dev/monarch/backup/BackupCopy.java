package dev.monarch.backup;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;
import dev.monarch.archive.Compression;

/**
 * Copies a backup from one store to another and verifies it. The copy is only completed if the data matches the
 * manifest.
 */
final class BackupCopy {

    private static final Logger log = LoggerFactory.getLogger(BackupCopy.class);

    private static final int BUFFER = 1024 * 1024;

    private final BackupStore from;

    private final BackupStore to;

    private final Manifest manifest;

    BackupCopy(String name, BackupStore from, BackupStore to) {
        this.from = from;
        this.to = to;
        this.manifest = from.find(name);
    }

    static void requireOther(String name, BackupStore from, BackupStore to, BackupStores stores) {
        if (from.name().equals(to.name())) {
            throw new BackupStoreException(
                    to.description(),
                    Reason.SAME_BACKUP_STORE,
                    "the backup '" + name + "' is already in this store; the stores are: "
                            + String.join(", ", stores.names()),
                    null);
        }
    }

    /** Copies the backup. Returns the manifest of the copy. */
    Manifest run() {
        Manifest copy = copy();
        log.info(
                "Copied the backup '{}' from {} into {} as '{}': {} bytes",
                manifest.name(),
                from.description(),
                to.description(),
                copy.name(),
                copy.archive().length());
        return copy;
    }

    private Manifest copy() {
        String extension = Compression.valueOf(manifest.archive().compression().toUpperCase(Locale.ROOT))
                .extension();
        try (CheckedStream stream = CheckedStream.of(from.open(manifest.name()), manifest.collections());
                BackupUpload upload = to.begin(manifest.name(), extension)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = stream.read(buffer, 0, BUFFER); read >= 0; read = stream.read(buffer, 0, BUFFER)) {
                upload.write(buffer, 0, read);
            }
            requireWhole(stream);
            BackupArchive archive = manifest.archive();
            return upload.complete(manifest.withName(upload.name())
                    .withVolumes(List.of(new BackupArchive.Volume(extension, archive.length(), archive.sha256()))));
        } catch (IOException e) {
            throw new BackupStoreException(
                    from.description(),
                    Reason.BACKUP_NOT_COPIED,
                    "the backup '" + manifest.name() + "' cannot be copied (" + e.getMessage()
                            + "); nothing is left in " + to.description(),
                    e);
        }
    }

    private void requireWhole(CheckedStream stream) throws IOException {
        List<String> differences = stream.differences(manifest);
        if (!differences.isEmpty()) {
            throw new BackupStoreException(
                    from.description(),
                    Reason.BACKUP_DAMAGED,
                    "the backup '" + manifest.name() + "' is damaged: " + String.join("; ", differences)
                            + "; nothing was copied",
                    null);
        }
    }
}
