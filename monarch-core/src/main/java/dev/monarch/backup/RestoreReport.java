package dev.monarch.backup;

import dev.monarch.engine.Checks;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;

/**
 * The result of a restore.
 *
 * @param backup the backup, or the path of the archive
 * @param environment the target environment
 * @param verified whether the data was verified against a manifest; false for archives without one
 * @param replacement what was loaded and replaced
 */
public record RestoreReport(String backup, String environment, boolean verified, ReplacementReport replacement) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code backup} or {@code environment} is blank
     */
    public RestoreReport {
        Checks.notBlank("backup", backup);
        Checks.notBlank("environment", environment);
    }
}
