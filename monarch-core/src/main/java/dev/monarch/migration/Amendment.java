package dev.monarch.migration;

/** A change of the history by hand: no migration runs. */
public sealed interface Amendment {

    /**
     * Counts a migration as done although it has not run.
     *
     * @param id the migration
     * @param reason why, for whoever reads the history
     * @return the amendment
     */
    static Amendment ignore(String id, String reason) {
        return new Ignore(id, reason);
    }

    /**
     * Counts everything that is pending as done.
     *
     * @param reason why, for whoever reads the history
     * @return the amendment
     */
    static Amendment ignoreAll(String reason) {
        return new IgnoreAll(reason);
    }

    /**
     * Counts everything up to and including a migration as done: the database was there before the history.
     *
     * @param id the last migration the database already has
     * @param reason why, for whoever reads the history
     * @return the amendment
     */
    static Amendment baseline(String id, String reason) {
        return new Baseline(id, reason);
    }

    /**
     * Says that a migration that failed, or was not ended, has in truth been done.
     *
     * @param id the migration
     * @param reason why, for whoever reads the history
     * @return the amendment
     */
    static Amendment resolveApplied(String id, String reason) {
        return new Resolve(id, true, reason);
    }

    /**
     * Says that a migration that failed, or was not ended, has left nothing behind and is to run again.
     *
     * @param id the migration
     * @param reason why, for whoever reads the history
     * @return the amendment
     */
    static Amendment resolvePending(String id, String reason) {
        return new Resolve(id, false, reason);
    }

    /**
     * Returns why the history is changed.
     *
     * @return a text for whoever reads the history
     */
    String reason();

    /**
     * Counts one as done.
     *
     * @param id the migration
     * @param reason why
     */
    record Ignore(String id, String reason) implements Amendment {}

    /**
     * Counts everything pending as done.
     *
     * @param reason why
     */
    record IgnoreAll(String reason) implements Amendment {}

    /**
     * Counts everything up to one as done.
     *
     * @param id the last one
     * @param reason why
     */
    record Baseline(String id, String reason) implements Amendment {}

    /**
     * Says how a migration that failed or was not ended stands.
     *
     * @param id the migration
     * @param applied whether it is done; else it is to run again
     * @param reason why
     */
    record Resolve(String id, boolean applied, String reason) implements Amendment {}
}
