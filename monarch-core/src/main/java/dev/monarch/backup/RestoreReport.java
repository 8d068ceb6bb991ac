package dev.monarch.backup;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.Checks;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.TransferProgress.Limit;

/**
 * The result of a restore.
 *
 * @param backup the backup, or the path of the archive
 * @param environment the target environment
 * @param loaded the loaded data and the documents that were left out
 * @param steps the number of replaced, created and removed collections
 * @param verified whether the data was verified against a manifest; false for archives without one
 * @param interruptedMigrations the number of migrations that were running when the backup was taken
 * @param expirations the TTL rules that apply to loaded documents
 * @param unsharded the collections that were sharded at the source and are not sharded now
 * @param limitedBy what limited the load, the largest share first
 * @param elapsed the duration
 */
public record RestoreReport(
        String backup,
        String environment,
        LoadReport loaded,
        int steps,
        boolean verified,
        long interruptedMigrations,
        List<Expiration> expirations,
        List<UnshardedCollection> unsharded,
        List<Limit> limitedBy,
        Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code backup} or {@code environment} is blank, or a number is negative
     */
    public RestoreReport {
        Checks.notBlank("backup", backup);
        Checks.notBlank("environment", environment);
        Checks.atLeast("steps", steps, 0);
        Checks.atLeast("interruptedMigrations", interruptedMigrations, 0);
        expirations = List.copyOf(expirations);
        unsharded = List.copyOf(unsharded);
        limitedBy = List.copyOf(limitedBy);
        Checks.notNegative("elapsed", elapsed);
    }
}
