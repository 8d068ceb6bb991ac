package dev.monarch.backup.retention;

import java.util.List;

import dev.monarch.backup.BackupSummary;

/**
 * What was removed.
 *
 * @param plan what was to be done, as it was found when the lock was held
 * @param removed what was removed, in this order
 * @param failures what could not be removed and is still there
 */
public record PruneReport(RetentionPlan plan, List<BackupSummary> removed, List<Failure> failures) {

    public PruneReport {
        removed = List.copyOf(removed);
        failures = List.copyOf(failures);
    }

    /**
     * A backup that could not be removed.
     *
     * @param backup its name
     * @param message why, and what to do about it
     */
    public record Failure(String backup, String message) {}
}
