package dev.monarch.migration;

import java.time.Duration;

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
 * @param otherHistory what to do if the database has the history of another tool, and Monarch's own is empty
 * @param lock how long the lease lasts, and how long to wait for the lock
 * @param warnAfter how long a migration runs before the log warns of it
 * @param warnEvery how long after a warning the log warns again
 */
public record MigrationSettings(
        String historyCollection,
        String scope,
        UnknownMigrations unknown,
        OutOfOrder outOfOrder,
        int maxAttempts,
        OtherHistories otherHistory,
        LockSettings lock,
        Duration warnAfter,
        Duration warnEvery) {

    /**
     * Warns of unknown ids, runs migrations out of order, stops after 10 attempts, and refuses to run next to the
     * history of another tool. Warns of a migration that has been running for a minute, and every five minutes from then on.
     */
    public static final MigrationSettings DEFAULT = new MigrationSettings(
            "monarch.history",
            "default",
            UnknownMigrations.WARN,
            OutOfOrder.RUN,
            10,
            OtherHistories.REFUSE,
            LockSettings.DEFAULT,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a name is blank, {@code maxAttempts} is less than 1, or a duration is not positive
     */
    public MigrationSettings {
        Checks.notBlank("historyCollection", historyCollection);
        Checks.notBlank("scope", scope);
        Checks.atLeast("maxAttempts", maxAttempts, 1);
        Checks.positive("warnAfter", warnAfter);
        Checks.positive("warnEvery", warnEvery);
    }

    /**
     * Returns the same settings with another lock.
     *
     * @param lock how long the lease lasts, and how long to wait for the lock
     * @return the settings
     */
    public MigrationSettings withLock(LockSettings lock) {
        return new MigrationSettings(
                historyCollection, scope, unknown, outOfOrder, maxAttempts, otherHistory, lock, warnAfter, warnEvery);
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

    /** What to do if the database has the history of another tool, and Monarch's own history is empty. */
    public enum OtherHistories {

        /** Refuse to run, so that nothing runs a second time. */
        REFUSE,

        /** Run every migration. The database is not searched for other histories. */
        IGNORE
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
