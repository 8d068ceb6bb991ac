package dev.monarch.backup;

import java.io.IOException;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;

/** Deletes a backup from a directory. If the process dies, the next backup in that directory completes the deletion. */
final class LocalDeletion {

    private final BackupFolder folder;

    private final String name;

    private final String extension;

    LocalDeletion(BackupFolder folder, Manifest manifest) {
        this.folder = folder;
        this.name = manifest.name();
        this.extension = manifest.archive().volumes().get(0).extension();
    }

    void run() {
        try {
            NameReservation reservation = take();
            try {
                folder.delete(folder.manifest(name));
                folder.delete(folder.data(name, extension));
                reservation.close();
            } finally {
                reservation.abandon();
            }
        } catch (IOException e) {
            throw folder.problem("the backup '" + name + "' cannot be deleted", e);
        }
    }

    private NameReservation take() throws IOException {
        try (DirectoryLock lock = DirectoryLock.acquire(folder)) {
            // Those of other names wait for the next backup: a pruning deletes thousands, and must not list for each.
            AbandonedFiles.removeOf(lock, name);
            NameReservation reservation = NameReservation.reserve(lock, name, extension);
            if (reservation == null) {
                throw new BackupStoreException(
                        folder.description(),
                        Reason.BACKUP_BUSY,
                        "another process is writing or deleting the backup '" + name + "'",
                        null);
            }
            return reservation;
        }
    }
}
