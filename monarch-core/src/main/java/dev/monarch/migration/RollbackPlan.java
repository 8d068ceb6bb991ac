package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.Checks;
import dev.monarch.migration.MigrationHook.RunPlan;

/**
 * What a rollback would roll back.
 *
 * @param environment the environment on which it would work
 * @param rollbacks the migrations that it would roll back, in order: the one that was applied last comes first
 */
public record RollbackPlan(String environment, List<PlannedRollback> rollbacks) implements RunPlan {

    /**
     * Creates a plan.
     *
     * @throws IllegalArgumentException if {@code environment} is blank
     */
    public RollbackPlan {
        Checks.notBlank("environment", environment);
        rollbacks = List.copyOf(rollbacks);
    }

    @Override
    public List<String> ids() {
        return rollbacks.stream().map(PlannedRollback::id).toList();
    }

    /**
     * A migration that will be rolled back.
     *
     * @param id its id
     * @param down whether its {@code down} runs; false for an ignored migration, which is only removed from the
     *     history
     * @param again whether an earlier rollback of it did not end
     */
    public record PlannedRollback(String id, boolean down, boolean again) {

        /**
         * Creates a planned rollback.
         *
         * @throws IllegalArgumentException if {@code id} is blank
         */
        public PlannedRollback {
            Checks.notBlank("id", id);
        }
    }

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

    /**
     * Which applied migrations a rollback rolls back.
     *
     * <p>It rolls them back in the reverse order in which they were applied, which may differ from the order of their
     * ids.
     */
    public sealed interface RollbackTarget {

        /**
         * Selects the migrations that were applied last.
         *
         * @param count how many; at least 1
         * @return the target
         */
        static RollbackTarget last(int count) {
            return new Last(count);
        }

        /**
         * Selects one migration, whatever was applied after it.
         *
         * @param id the one to roll back
         * @return the target
         */
        static RollbackTarget one(String id) {
            return new One(id);
        }

        /**
         * Selects a migration and everything that was applied after it.
         *
         * @param id the last one to roll back
         * @return the target
         */
        static RollbackTarget downTo(String id) {
            return new DownTo(id);
        }

        /**
         * The migrations that were applied last.
         *
         * @param count how many; at least 1
         */
        record Last(int count) implements RollbackTarget {

            /**
             * Creates the target.
             *
             * @throws IllegalArgumentException if it is less than 1
             */
            public Last {
                Checks.atLeast("count", count, 1);
            }
        }

        /**
         * One migration.
         *
         * @param id the one to roll back
         */
        record One(String id) implements RollbackTarget {}

        /**
         * A migration and everything that was applied after it.
         *
         * @param id the last one to roll back
         */
        record DownTo(String id) implements RollbackTarget {}
    }
}
