package dev.monarch.backup;

import java.time.Duration;

/**
 * The result of taking a backup.
 *
 * @param manifest the manifest of the backup
 * @param store the name of its store
 * @param elapsed the duration
 */
public record BackupReport(Manifest manifest, String store, Duration elapsed) {

    /** {@return the name of the backup in the store} */
    public String name() {
        return manifest.name();
    }
}
