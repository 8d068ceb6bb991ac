package dev.monarch.backup.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.monarch.backup.retention.Retention;
import dev.monarch.engine.Checks;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.transfer.Pace;

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
 * @param pace how fast backups are taken and verified; usually {@link Pace#GENTLE}, because the application serves requests
 *     meanwhile
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
        Pace pace,
        boolean verifyAfter,
        @Nullable Retention pruneAfter) {

    /**
     * Creates a schedule.
     *
     * @throws IllegalArgumentException if {@code id} or {@code environment} is blank
     */
    public BackupSchedule {
        Checks.notBlank("id", id);
        Checks.notBlank("environment", environment);
    }

    /**
     * The state of a schedule in its environment.
     *
     * @param schedule the schedule
     * @param next the next due time; null if there is none
     * @param last the latest run of any instance; null if there was none
     */
    public record ScheduleStatus(
            BackupSchedule schedule,
            @Nullable Instant next,
            @Nullable ScheduledRun last) {}

    /**
     * A run of a schedule.
     *
     * @param state its state
     * @param slot the latest due time that was claimed or finished
     * @param since when the run started, on the clock of its host
     * @param attempts how often the due time was attempted
     * @param host the process that runs it or ran it
     * @param outcome the outcome for display, such as {@code taken: nightly__2026_11_20T023000Z}; null if it has not
     *     ended
     */
    public record ScheduledRun(
            State state,
            Instant slot,
            Instant since,
            int attempts,
            String host,
            @Nullable String outcome) {

        /**
         * Creates a run.
         *
         * @throws IllegalArgumentException if {@code attempts} is negative
         */
        public ScheduledRun {
            Checks.atLeast("attempts", attempts, 0);
        }

        /** The state of a run. */
        public enum State {

            /** The run is active, or its process died. */
            RUNNING,

            /** The run has ended, successfully or not. */
            ENDED,

            /** The run was stopped, and its due time may be claimed again. */
            INTERRUPTED
        }
    }

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
