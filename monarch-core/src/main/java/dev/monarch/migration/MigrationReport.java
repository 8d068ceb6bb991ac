package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.Checks;

/**
 * What a run did.
 *
 * @param environment the environment on which it ran
 * @param applied the migrations that it applied, in order; empty if nothing was pending
 * @param elapsed how long the run took, including the wait for the lock
 */
public record MigrationReport(String environment, List<AppliedMigration> applied, Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code environment} is blank, or {@code elapsed} is negative
     */
    public MigrationReport {
        Checks.notBlank("environment", environment);
        Checks.notNegative("elapsed", elapsed);
        applied = List.copyOf(applied);
    }

    /**
     * A migration that a run applied.
     *
     * @param id its id
     * @param attempt the number of the attempt that succeeded, from 1
     * @param elapsed how long it took
     */
    public record AppliedMigration(String id, int attempt, Duration elapsed) {

        /**
         * Creates an applied migration.
         *
         * @throws IllegalArgumentException if {@code id} is blank, {@code elapsed} is negative, or {@code attempt} is less than 1
         */
        public AppliedMigration {
            Checks.notBlank("id", id);
            Checks.atLeast("attempt", attempt, 1);
            Checks.notNegative("elapsed", elapsed);
        }
    }
}
