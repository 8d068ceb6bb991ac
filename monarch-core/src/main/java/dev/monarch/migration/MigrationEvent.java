package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.engine.Checks;
import dev.monarch.environment.LockEvent;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.RollbackPlan.PlannedRollback;
import dev.monarch.migration.RollbackPlan.RollbackReport;
import dev.monarch.migration.RollbackPlan.RollbackReport.RolledBackMigration;

/** An event of a run or a rollback, for a {@link MigrationListener}. */
public sealed interface MigrationEvent {

    /** {@return the name of the environment that is being migrated} */
    String environment();

    /**
     * Nothing is pending. No lock was acquired and nothing was written.
     *
     * @param environment the environment's name
     * @param applied how many of the application's migrations are applied
     */
    record NothingPending(String environment, int applied) implements MigrationEvent {

        /**
         * Creates the event.
         *
         * @throws IllegalArgumentException if {@code applied} is negative
         */
        public NothingPending {
            Checks.atLeast("applied", applied, 0);
        }
    }

    /**
     * Something happened while the lock was being acquired.
     *
     * @param environment the environment's name
     * @param event what happened
     */
    record LockProgress(String environment, LockEvent event) implements MigrationEvent {}

    /**
     * A warning for people.
     *
     * @param environment the environment's name
     * @param fact the finding
     */
    record Warning(String environment, Fact fact) implements MigrationEvent {

        /**
         * {@return the finding, in sentences}
         */
        public String text() {
            return fact.text();
        }
    }

    /**
     * The lock is held and the run starts.
     *
     * @param environment the environment's name
     * @param pending the ids of the migrations that will run, in order
     */
    record RunStarted(String environment, List<String> pending) implements MigrationEvent {}

    /**
     * A migration starts. The history says RUNNING.
     *
     * @param environment the environment's name
     * @param migration what will run, and why
     */
    record Started(String environment, PlannedMigration migration) implements MigrationEvent {}

    /**
     * A migration reports its progress.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param done the amount of completed work, in the migration's own unit
     * @param total the total amount, or 0 if unknown
     * @param message its current work, or an empty text
     */
    record Progress(String environment, String id, long done, long total, String message) implements MigrationEvent {

        /**
         * Creates the event.
         *
         * @throws IllegalArgumentException if {@code total} is negative
         */
        public Progress {
            Checks.atLeast("total", total, 0);
        }
    }

    /**
     * A migration is about to be rolled back. The history says ROLLING_BACK.
     *
     * @param environment the environment's name
     * @param rollback what will be rolled back
     */
    record RollingBack(String environment, PlannedRollback rollback) implements MigrationEvent {}

    /**
     * A migration has been rolled back. The history says ROLLED_BACK.
     *
     * @param environment the environment's name
     * @param migration what was rolled back
     */
    record RolledBack(String environment, RolledBackMigration migration) implements MigrationEvent {}

    /**
     * A migration could not be rolled back.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param error the exception that the caller of the rollback gets
     */
    record RollbackFailed(String environment, String id, RuntimeException error) implements MigrationEvent {}

    /**
     * The rollback has ended.
     *
     * @param environment the environment's name
     * @param report what it did
     */
    record RollbackFinished(String environment, RollbackReport report) implements MigrationEvent {}

    /**
     * The history or the lock was changed manually.
     *
     * @param environment the environment's name
     * @param text what was changed, as a sentence
     */
    record Amended(String environment, String text) implements MigrationEvent {}

    /**
     * A migration was applied. The history says APPLIED.
     *
     * @param environment the environment's name
     * @param migration what was applied
     */
    record Applied(String environment, AppliedMigration migration) implements MigrationEvent {}

    /**
     * A migration threw, or its result could not be written to the history.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param attempt the number of the attempt, from 1
     * @param elapsed how long it took
     * @param error the exception that the caller of the run gets
     */
    record Failed(String environment, String id, int attempt, Duration elapsed, RuntimeException error)
            implements MigrationEvent {

        /**
         * Creates the event.
         *
         * @throws IllegalArgumentException if {@code elapsed} is negative, or {@code attempt} is less than 1
         */
        public Failed {
            Checks.atLeast("attempt", attempt, 1);
            Checks.notNegative("elapsed", elapsed);
        }
    }

    /**
     * The run has ended, and everything that was pending is applied.
     *
     * @param environment the environment's name
     * @param report what it did
     */
    record RunFinished(String environment, MigrationReport report) implements MigrationEvent {}

    /**
     * The run has failed. After {@link RunStarted} there is exactly one {@code RunFinished} or {@code RunFailed}. If the run
     * fails earlier, there is only this event: the server did not answer, the lock was held for too long, a hook vetoed.
     *
     * @param environment the environment's name
     * @param error what the caller of the run gets
     */
    record RunFailed(String environment, Throwable error) implements MigrationEvent {}

    /** Receives the events of a run, on the thread of the run. */
    @FunctionalInterface
    interface MigrationListener {

        /**
         * Receives an event.
         *
         * @param event the event; if the listener throws, Monarch logs the exception and continues
         */
        void onEvent(MigrationEvent event);
    }
}
