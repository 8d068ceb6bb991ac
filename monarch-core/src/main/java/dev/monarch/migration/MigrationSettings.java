package dev.monarch.migration;

import dev.monarch.engine.Checks;
import dev.monarch.environment.LockSettings;

/**
 * How migrations are run.
 *
 * @param historyCollection the collection that holds the history
 * @param scope distinguishes the histories of several applications in one database
 * @param unknown what to do about ids in the history without a migration
 * @param outOfOrder what to do about a pending migration whose id is older than that of an applied one
 * @param maxAttempts how often a migration may start without success; at least 1
 * @param lock how long the lease lasts, and how long to wait for the lock
 */
public record MigrationSettings(
        String historyCollection,
        String scope,
        UnknownMigrations unknown,
        OutOfOrder outOfOrder,
        int maxAttempts,
        LockSettings lock) {

    /** Warns of unknown ids, runs migrations out of order, and stops after 10 attempts. */
    public static final MigrationSettings DEFAULT = new MigrationSettings(
            "monarch.history", "default", UnknownMigrations.WARN, OutOfOrder.RUN, 10, LockSettings.DEFAULT);

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a name is blank, or {@code maxAttempts} is less than 1
     */
    public MigrationSettings {
        Checks.notBlank("historyCollection", historyCollection);
        Checks.notBlank("scope", scope);
        Checks.atLeast("maxAttempts", maxAttempts, 1);
    }

    /**
     * Returns the same settings with another lock.
     *
     * @param lock how long the lease lasts, and how long to wait for the lock
     * @return the settings
     */
    public MigrationSettings withLock(LockSettings lock) {
        return new MigrationSettings(historyCollection, scope, unknown, outOfOrder, maxAttempts, lock);
    }

    /** What to do about a pending migration whose id is older than that of an applied one. */
    public enum OutOfOrder {

        /** Run it. */
        RUN,

        /** Warn and run it. */
        WARN,

        /** Refuse to run anything. */
        REFUSE
    }

    /** What to do about ids in the history without a migration. */
    public enum UnknownMigrations {

        /** Warn and continue. */
        WARN,

        /**
         * Refuse to run. If the id is newer than the newest known one, only warn: it comes from a later version of the
         * application, and a rollback of the application must be possible.
         */
        FAIL
    }
}
