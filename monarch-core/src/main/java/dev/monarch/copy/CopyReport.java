package dev.monarch.copy;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.Checks;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.Limit;

/**
 * The result of a copy.
 *
 * @param source the source environment
 * @param target the target environment
 * @param reading how consistent the read was
 * @param loaded the loaded data and the documents that were left out
 * @param steps the number of replaced, created and removed collections
 * @param interruptedMigrations the number of migrations that a process on the source left running when it died
 * @param expirations the TTL rules that apply to loaded documents
 * @param unsharded the collections that are sharded at the source and are not sharded at the target
 * @param limitedBy what limited the load, the largest share first
 * @param elapsed the duration
 */
public record CopyReport(
        String source,
        String target,
        ReadReport reading,
        LoadReport loaded,
        int steps,
        long interruptedMigrations,
        List<Expiration> expirations,
        List<UnshardedCollection> unsharded,
        List<Limit> limitedBy,
        Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code source} or {@code target} is blank, or a number is negative
     */
    public CopyReport {
        Checks.notBlank("source", source);
        Checks.notBlank("target", target);
        Checks.atLeast("steps", steps, 0);
        Checks.atLeast("interruptedMigrations", interruptedMigrations, 0);
        expirations = List.copyOf(expirations);
        unsharded = List.copyOf(unsharded);
        limitedBy = List.copyOf(limitedBy);
        Checks.notNegative("elapsed", elapsed);
    }
}
