package dev.monarch.backup.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.retention.Retention;
import dev.monarch.queryset.QuerySetRequest;

/**
 * A backup that is taken again and again.
 *
 * @param id tells it from the other schedules of the environment; the same in every instance, and as long as it is kept,
 *     no time is used twice
 * @param times when it is due
 * @param environment the environment that is backed up
 * @param name what the backups are called, before their time; null for the environment's name
 * @param store the name of the store; null for the default one
 * @param querySet the part of the environment that is backed up; null for all of it
 * @param verifyAfter whether each backup is read back whole once it is taken
 * @param pruneAfter what is kept of the environment's backups once another was taken, and verified if that is asked for;
 *     null for all
 */
public record BackupSchedule(
        String id,
        ScheduleTimes times,
        String environment,
        @Nullable String name,
        @Nullable String store,
        @Nullable QuerySetRequest querySet,
        boolean verifyAfter,
        @Nullable Retention pruneAfter) {

    /** The times at which something is due: the same for every instance that asks, whenever it does. */
    public interface ScheduleTimes {

        /**
         * Returns the last time that is not after another.
         *
         * @param now the other, which may be it
         * @return the time, or null if there was none
         */
        @Nullable
        Instant latest(Instant now);

        /**
         * Returns the first time after another.
         *
         * @param now the other
         * @return the time, or null if there will be none
         */
        @Nullable
        Instant next(Instant now);
    }
}
