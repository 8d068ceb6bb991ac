package dev.monarch.backup.retention;

import java.util.List;

import dev.monarch.backup.BackupSummary;
import dev.monarch.engine.Checks;

/**
 * The result of pruning.
 *
 * @param plan the plan, made while the lock was held
 * @param removed the removed backups, in the order of removal
 * @param failures the backups that could not be removed
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
    public record Failure(String backup, String message) {

        /**
         * Creates a failure.
         *
         * @throws IllegalArgumentException if {@code backup} is blank
         */
        public Failure {
            Checks.notBlank("backup", backup);
        }
    }
}
