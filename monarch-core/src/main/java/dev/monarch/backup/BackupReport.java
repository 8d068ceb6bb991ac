package dev.monarch.backup;

import java.time.Duration;

/**
 * A backup that was taken.
 *
 * @param manifest what is known of it
 * @param store the name of the store it is in
 * @param elapsed how long it took
 */
public record BackupReport(Manifest manifest, String store, Duration elapsed) {

    /**
     * Returns what it is called.
     *
     * @return its name in the store
     */
    public String name() {
        return manifest.name();
    }
}
