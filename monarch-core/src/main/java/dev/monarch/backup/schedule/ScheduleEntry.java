package dev.monarch.backup.schedule;

import java.time.Instant;
import java.util.Date;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun;
import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun.State;

/**
 * The stored state of a schedule.
 *
 * @param slot the latest due time that was claimed or finished
 * @param state the state of the latest run
 * @param run identifies the latest run
 * @param attempts how often that due time was attempted
 * @param host the host of the latest run
 * @param since when the latest run started, on the clock of that host
 * @param outcome the outcome of the latest run; null if it has not ended
 */
record ScheduleEntry(
        Instant slot,
        State state,
        String run,
        int attempts,
        String host,
        Instant since,
        @Nullable String outcome) {

    static ScheduleEntry of(Document document) {
        return new ScheduleEntry(
                document.get("slot", new Date(0)).toInstant(),
                State.valueOf(document.get("state", State.ENDED.name())),
                document.get("run", ""),
                Math.max(0, document.get("attempts", 0)),
                document.get("host", "an unknown host"),
                document.get("since", new Date(0)).toInstant(),
                document.getString("outcome"));
    }

    /** Returns the latest run; null if there was none. */
    @Nullable
    ScheduledRun latestRun() {
        return run.isEmpty() ? null : new ScheduledRun(state, slot, since, attempts, host, outcome);
    }

    /** {@return whether a due time is finished} */
    boolean isOver(Instant due) {
        return switch (state) {
            case ENDED -> !slot.isBefore(due);
            case RUNNING, INTERRUPTED -> slot.isAfter(due);
        };
    }

    int attemptsAt(Instant due) {
        return slot.equals(due) ? attempts : 0;
    }
}
