package dev.monarch.backup;

import java.io.IOException;

import dev.monarch.BackupStoreException;
import dev.monarch.Reason;

/** Removes a backup from a folder; one that dies at it is ended by the next that writes there. */
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
                reservation.leaveBehind();
            }
        } catch (IOException e) {
            throw folder.problem("the backup '" + name + "' cannot be deleted", e);
        }
    }

    private NameReservation take() throws IOException {
        try (DirectoryLock lock = DirectoryLock.in(folder)) {
            AbandonedFiles.removeIn(lock);
            NameReservation reservation = NameReservation.take(lock, name, extension);
            if (reservation == null) {
                throw new BackupStoreException(
                        folder.description(),
                        Reason.BACKUP_BUSY,
                        "another run is working on the backup '" + name + "'",
                        null);
            }
            return reservation;
        }
    }
}
