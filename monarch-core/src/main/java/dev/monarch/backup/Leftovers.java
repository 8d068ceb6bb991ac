package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of a backup, or of a deletion, whose process died. */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private Leftovers() {}

    /** Removes them. */
    static void removeIn(FolderTurn turn) throws IOException {
        for (String name : turn.folder().busyNames()) {
            try (BusyName busy = BusyName.inherit(turn, name)) {
                if (busy != null) {
                    remove(turn.folder(), name, busy.extension());
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
