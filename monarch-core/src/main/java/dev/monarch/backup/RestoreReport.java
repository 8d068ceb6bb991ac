package dev.monarch.backup;

import java.time.Duration;
import java.util.List;

import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;

/**
 * A restore that was done.
 *
 * @param backup the backup, or the path of the archive
 * @param environment the environment it went into
 * @param loaded what was loaded, and what was left out of it
 * @param steps how many collections were replaced, created or removed
 * @param verified whether the data was compared with a manifest; false for foreign archives, which have none
 * @param interruptedMigrations how many migrations were at work when the backup was taken
 * @param expirations the rules by which documents expire that were loaded
 * @param unsharded the collections that were sharded where the data comes from, and are not now
 * @param elapsed how long it took
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
        Duration elapsed) {}
