package dev.monarch.migration;

import java.util.List;

import dev.monarch.engine.Checks;

/** A manual change of the history. No migration runs. */
public sealed interface Amendment {

    /**
     * Marks a migration as done although it has not run.
     *
     * @param id the migration
     * @param reason the reason, which the history records
     * @return the amendment
     */
    static Amendment ignore(String id, String reason) {
        return new Ignore(id, reason);
    }

    /**
     * Marks all pending migrations as done.
     *
     * @param reason the reason, which the history records
     * @return the amendment
     */
    static Amendment ignoreAll(String reason) {
        return new IgnoreAll(reason);
    }

    /**
     * Marks all migrations up to and including one as done, for a database that is older than its history.
     *
     * @param id the last migration that the database already has
     * @param reason the reason, which the history records
     * @return the amendment
     */
    static Amendment baseline(String id, String reason) {
        return new Baseline(id, reason);
    }

    /**
     * Records that a migration that failed or did not end has in fact been applied.
     *
     * @param id the migration
     * @param reason the reason, which the history records
     * @return the amendment
     */
    static Amendment resolveApplied(String id, String reason) {
        return new Resolve(id, true, reason);
    }

    /**
     * Records that a migration that failed or did not end has changed nothing and must run again.
     *
     * @param id the migration
     * @param reason the reason, which the history records
     * @return the amendment
     */
    static Amendment resolvePending(String id, String reason) {
        return new Resolve(id, false, reason);
    }

    /** {@return the reason for the change, which the history records} */
    String reason();

    /**
     * Marks one migration as done.
     *
     * @param id the migration
     * @param reason why
     */
    record Ignore(String id, String reason) implements Amendment {}

    /**
     * Marks all pending migrations as done.
     *
     * @param reason why
     */
    record IgnoreAll(String reason) implements Amendment {}

    /**
     * Marks all migrations up to and including one as done.
     *
     * @param id the last one
     * @param reason why
     */
    record Baseline(String id, String reason) implements Amendment {}

    /**
     * Records the state of a migration that failed or did not end.
     *
     * @param id the migration
     * @param applied true if it is done, false if it must run again
     * @param reason why
     */
    record Resolve(String id, boolean applied, String reason) implements Amendment {}

    /**
     * What an amendment would change in the history, or has changed.
     *
     * @param environment the environment
     * @param changes the entries it changes, in the order of their ids
     */
    record AmendmentPlan(String environment, List<PlannedAmendment> changes) {

        /**
         * Creates a plan.
         *
         * @throws IllegalArgumentException if {@code environment} is blank
         */
        public AmendmentPlan {
            Checks.notBlank("environment", environment);
            changes = List.copyOf(changes);
        }
    }

    /**
     * A change of one entry of the history.
     *
     * @param id the migration
     * @param from its state in the history; {@link MigrationStatus.State#PENDING} if it has no entry
     * @param to its new state
     */
    record PlannedAmendment(String id, MigrationStatus.State from, MigrationStatus.State to) {

        /**
         * Creates a change.
         *
         * @throws IllegalArgumentException if {@code id} is blank
         */
        public PlannedAmendment {
            Checks.notBlank("id", id);
        }
    }
}
