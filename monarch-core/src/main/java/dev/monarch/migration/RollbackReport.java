package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.Checks;

/**
 * What a rollback did.
 *
 * @param environment the environment on which it worked
 * @param rolledBack the migrations that were rolled back, in order; empty if none was applied
 * @param elapsed how long it took, including the wait for the lock
 */
public record RollbackReport(String environment, List<RolledBackMigration> rolledBack, Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code environment} is blank, or {@code elapsed} is negative
     */
    public RollbackReport {
        Checks.notBlank("environment", environment);
        Checks.notNegative("elapsed", elapsed);
        rolledBack = List.copyOf(rolledBack);
    }

    /**
     * A migration that was rolled back.
     *
     * @param id its id
     * @param down whether its {@code down} ran
     * @param elapsed how long that took
     */
    public record RolledBackMigration(String id, boolean down, Duration elapsed) {

        /**
         * Creates a rolled back migration.
         *
         * @throws IllegalArgumentException if {@code id} is blank, or {@code elapsed} is negative
         */
        public RolledBackMigration {
            Checks.notBlank("id", id);
            Checks.notNegative("elapsed", elapsed);
        }
    }
}
