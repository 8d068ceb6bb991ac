package dev.monarch.backup.schedule;

import java.time.Instant;
import java.util.Date;

import org.bson.Document;

/**
 * What the database knows of a schedule.
 *
 * @param slot the latest time that somebody has dealt with
 * @param state how the latest run stands
 * @param run tells that run from all others
 * @param attempts how often that time was tried
 * @param host where the latest run is, or was
 * @param since when it was begun, on the clock of that host
 */
record ScheduleEntry(Instant slot, State state, String run, int attempts, String host, Instant since) {

    enum State {

        /** Somebody is at it, or died at it. */
        RUNNING,

        /** It is over, well or not. */
        ENDED,

        /** It was stopped, and somebody may have the same time again. */
        INTERRUPTED
    }

    static ScheduleEntry of(Document document) {
        return new ScheduleEntry(
                document.get("slot", new Date(0)).toInstant(),
                State.valueOf(document.get("state", State.ENDED.name())),
                document.get("run", ""),
                document.get("attempts", 0),
                document.get("host", "an unknown host"),
                document.get("since", new Date(0)).toInstant());
    }

    /** Tells whether a time is over, and there is nothing left to do about it. */
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
