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
            BusyName busy = take();
            try {
                folder.delete(folder.manifest(name));
                folder.delete(folder.data(name, extension));
                busy.close();
            } finally {
                busy.leaveBehind();
            }
        } catch (IOException e) {
            throw folder.problem("the backup '" + name + "' cannot be deleted", e);
        }
    }

    private BusyName take() throws IOException {
        try (FolderTurn turn = FolderTurn.in(folder)) {
            Leftovers.removeIn(turn);
            BusyName busy = BusyName.take(turn, name, extension);
            if (busy == null) {
                throw new BackupStoreException(
                        folder.description(),
                        Reason.BACKUP_BUSY,
                        "another run is working on the backup '" + name + "'",
                        null);
            }
            return busy;
        }
    }
}
