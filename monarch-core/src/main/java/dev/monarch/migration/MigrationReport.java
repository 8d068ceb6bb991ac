package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param environment the environment on which it ran
 * @param applied the migrations that it applied, in order; empty if nothing was pending
 * @param elapsed how long the run took, including the wait for the lock
 */
public record MigrationReport(String environment, List<AppliedMigration> applied, Duration elapsed) {

    public MigrationReport {
        applied = List.copyOf(applied);
    }

    /**
     * A migration that a run applied.
     *
     * @param id its id
     * @param attempt the number of the attempt that succeeded, from 1
     * @param elapsed how long it took
     */
    public record AppliedMigration(String id, int attempt, Duration elapsed) {}
}
