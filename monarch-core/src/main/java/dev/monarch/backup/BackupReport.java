package dev.monarch.backup;

import java.time.Duration;

import dev.monarch.engine.Checks;

/**
 * The result of taking a backup.
 *
 * @param manifest the manifest of the backup
 * @param store the name of its store
 * @param elapsed the duration
 */
public record BackupReport(Manifest manifest, String store, Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code store} is blank, or {@code elapsed} is negative
     */
    public BackupReport {
        Checks.notBlank("store", store);
        Checks.notNegative("elapsed", elapsed);
    }

    /** {@return the name of the backup in the store} */
    public String name() {
        return manifest.name();
    }
}
