package dev.monarch.backup.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.retention.Retention;
import dev.monarch.queryset.QuerySetRequest;

/**
 * A schedule for recurring backups.
 *
 * @param id identifies the schedule in its environment; it must be the same in every instance, so that each due time
 *     is used only once
 * @param times the due times
 * @param environment the environment to back up
 * @param name the name of the backups, without the time; null for the environment's name
 * @param store the name of the store; null for the default one
 * @param querySet the part of the environment to back up; null for all of it
 * @param verifyAfter whether to verify each backup after it was taken
 * @param pruneAfter the retention to apply after each backup and its verification; null to keep all backups
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

    /** The due times of a schedule. They must be the same for every instance. */
    public interface ScheduleTimes {

        /**
         * Returns the latest due time up to a given time.
         *
         * @param now the given time, inclusive
         * @return the due time; null if there was none
         */
        @Nullable
        Instant latest(Instant now);

        /**
         * Returns the first due time after a given time.
         *
         * @param now the given time, exclusive
         * @return the due time; null if there is none
         */
        @Nullable
        Instant next(Instant now);
    }
}
