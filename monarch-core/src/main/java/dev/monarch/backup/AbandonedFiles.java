package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of a backup, or of a deletion, whose process died. */
final class AbandonedFiles {

    private static final Logger log = LoggerFactory.getLogger(AbandonedFiles.class);

    private AbandonedFiles() {}

    /** Removes them. */
    static void removeIn(DirectoryLock lock) throws IOException {
        for (String name : lock.folder().busyNames()) {
            try (NameReservation reservation = NameReservation.inherit(lock, name)) {
                if (reservation != null) {
                    remove(lock.folder(), name, reservation.extension());
                }
            } catch (AccessDeniedException e) {
                log.debug("'{}' is another user's", name, e);
            }
        }
    }

    private static void remove(BackupFolder folder, String name, String extension) throws IOException {
        folder.delete(folder.part(name));
        folder.delete(folder.manifestPart(name));
        // With a manifest it was complete, or its deletion had not begun.
        if (Files.notExists(folder.manifest(name)) && BackupArchive.Volume.isExtension(extension)) {
            folder.delete(folder.data(name, extension));
        }
        log.info("Removed from {} what a process that died had left of '{}'", folder.description(), name);
    }
}
