package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of an upload or deletion whose process died. */
final class AbandonedFiles {

    private static final Logger log = LoggerFactory.getLogger(AbandonedFiles.class);

    private AbandonedFiles() {}

    /** Removes the abandoned files in a directory. */
    static void removeIn(DirectoryLock lock) throws IOException {
        for (String name : lock.folder().busyNames()) {
            removeOf(lock, name);
        }
    }

    /** Removes the abandoned files of one backup. Does not list the directory. */
    static void removeOf(DirectoryLock lock, String name) throws IOException {
        try (NameReservation reservation = NameReservation.takeOver(lock, name)) {
            if (reservation != null) {
                remove(lock.folder(), name, reservation.extension());
            }
        } catch (AccessDeniedException e) {
            log.debug("The reservation of '{}' belongs to another user", name, e);
        }
    }

    private static void remove(BackupFolder folder, String name, String extension) throws IOException {
        folder.delete(folder.part(name));
        folder.delete(folder.manifestPart(name));
        // With a manifest, the backup is complete, or its deletion had not started.
        if (Files.notExists(folder.manifest(name)) && BackupArchive.Volume.isExtension(extension)) {
            folder.delete(folder.data(name, extension));
        }
        log.info(
                "Removed files of '{}' from {}: the process that wrote or deleted it died", name, folder.description());
    }
}
