package dev.monarch.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.environment.LockEvent;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.RollbackPlan.PlannedRollback;
import dev.monarch.migration.RollbackReport.RolledBackMigration;

/** One step of a run, as a {@link MigrationListener} sees it. */
public sealed interface MigrationEvent {

    /**
     * Returns the environment that is being migrated.
     *
     * @return the environment's name
     */
    String environment();

    /**
     * Nothing is pending: no lock was taken and nothing was written.
     *
     * @param environment the environment's name
     * @param applied how many of the known migrations are applied
     */
    record NothingPending(String environment, int applied) implements MigrationEvent {}

    /**
     * Something happened on the way to the lock.
     *
     * @param environment the environment's name
     * @param event what happened
     */
    record Locking(String environment, LockEvent event) implements MigrationEvent {}

    /**
     * Something a person should know.
     *
     * @param environment the environment's name
     * @param fact what is so
     */
    record Warning(String environment, Fact fact) implements MigrationEvent {

        /**
         * {@return what is so, in sentences}
         */
        public String text() {
            return fact.text();
        }
    }

    /**
     * The lock is held and the run starts.
     *
     * @param environment the environment's name
     * @param pending the ids that are to run, in order
     */
    record RunStarted(String environment, List<String> pending) implements MigrationEvent {}

    /**
     * A migration starts; the history says RUNNING.
     *
     * @param environment the environment's name
     * @param migration what is to run, and why
     */
    record Started(String environment, PlannedMigration migration) implements MigrationEvent {}

    /**
     * A migration says how far it is; as often as it likes.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param done how much is done, in the migration's own unit
     * @param total how much there is to do, or 0 if it has not said
     * @param message what it is doing, or an empty text
     */
    record Progress(String environment, String id, long done, long total, String message) implements MigrationEvent {}

    /**
     * A migration is about to be taken back; the history says ROLLING_BACK.
     *
     * @param environment the environment's name
     * @param rollback what is to be taken back
     */
    record RollingBack(String environment, PlannedRollback rollback) implements MigrationEvent {}

    /**
     * A migration has been taken back; the history says ROLLED_BACK.
     *
     * @param environment the environment's name
     * @param migration what was taken back
     */
    record RolledBack(String environment, RolledBackMigration migration) implements MigrationEvent {}

    /**
     * A migration could not be taken back.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param error what the caller of the rollback will get
     */
    record RollbackFailed(String environment, String id, RuntimeException error) implements MigrationEvent {}

    /**
     * The rollback is over.
     *
     * @param environment the environment's name
     * @param report what it did
     */
    record RollbackFinished(String environment, RollbackReport report) implements MigrationEvent {}

    /**
     * A person changed the history, or the lock.
     *
     * @param environment the environment's name
     * @param text what was changed, as a sentence
     */
    record Amended(String environment, String text) implements MigrationEvent {}

    /**
     * A migration is done; the history says APPLIED.
     *
     * @param environment the environment's name
     * @param migration what was done
     */
    record Applied(String environment, AppliedMigration migration) implements MigrationEvent {}

    /**
     * A migration threw, or what it did could not be entered into the history.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param attempt the number of the attempt, from 1
     * @param elapsed how long it took
     * @param error what the caller of the run will get
     */
    record Failed(String environment, String id, int attempt, Duration elapsed, RuntimeException error)
            implements MigrationEvent {}

    /**
     * The run is over and everything that was pending is applied.
     *
     * @param environment the environment's name
     * @param report what it did
     */
    record RunFinished(String environment, MigrationReport report) implements MigrationEvent {}
}
