package dev.monarch.migration;

import dev.monarch.environment.LockSettings;

/**
 * How migrations are run.
 *
 * @param historyCollection the collection that holds the history
 * @param scope whose history it is, where several applications share a database
 * @param unknown what to do about ids in the history that no migration bears
 * @param outOfOrder what to do about a pending migration behind which another is applied already
 * @param maxAttempts how often a migration is started without success before it is left alone; at least 1
 * @param lock how long the lock lasts and how long to wait for it
 */
public record MigrationSettings(
        String historyCollection,
        String scope,
        UnknownMigrations unknown,
        OutOfOrder outOfOrder,
        int maxAttempts,
        LockSettings lock) {

    /** Warns of unknown ids, runs out of order, gives up after 10 attempts. */
    public static final MigrationSettings DEFAULT = new MigrationSettings(
            "monarch.history", "default", UnknownMigrations.WARN, OutOfOrder.RUN, 10, LockSettings.DEFAULT);

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a name is blank, or not a single attempt is allowed
     */
    public MigrationSettings {
        if (historyCollection.isBlank()) {
            throw new IllegalArgumentException("historyCollection must not be blank");
        }
        if (scope.isBlank()) {
            throw new IllegalArgumentException("scope must not be blank");
        }
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, but is " + maxAttempts);
        }
    }

    /**
     * Returns the same settings with another lock.
     *
     * @param lock how long the lock lasts and how long to wait for it
     * @return the settings
     */
    public MigrationSettings withLock(LockSettings lock) {
        return new MigrationSettings(historyCollection, scope, unknown, outOfOrder, maxAttempts, lock);
    }

    /** What to do about a pending migration that should have run before one that is applied already. */
    public enum OutOfOrder {

        /** Run it. */
        RUN,

        /** Say so and run it. */
        WARN,

        /** Refuse to run anything. */
        REFUSE
    }

    /** What to do about ids in the history that no migration bears any more. */
    public enum UnknownMigrations {

        /** Say so and go on. */
        WARN,

        /**
         * Refuse to run. An id newer than the newest known one is still only said: it comes from a later version of the
         * application, and going back to an earlier one must be possible.
         */
        FAIL
    }
}
