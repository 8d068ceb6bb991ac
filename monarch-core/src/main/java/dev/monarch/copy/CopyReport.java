package dev.monarch.copy;

import java.time.Duration;
import java.util.List;

import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.ReadReport;

/**
 * A copy that was made.
 *
 * @param source the environment it is of
 * @param target the environment it went into
 * @param reading how consistent it is
 * @param loaded what was loaded, and what was left out of it
 * @param steps how many collections were replaced, created or removed
 * @param interruptedMigrations how many migrations of the source a dead process had left at work
 * @param expirations the rules by which documents expire that were loaded
 * @param unsharded the collections that were sharded where the data comes from, and are not now
 * @param elapsed how long it took
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
        Duration elapsed) {}
