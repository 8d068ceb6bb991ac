package dev.monarch.migration;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How one migration stands in one environment.
 *
 * @param id its id
 * @param state how it stands
 * @param at when that came to be, on the server's clock, or null if it never ran
 * @param elapsed how long its last call took, or null if it did not end
 * @param attempts how often it has been started since it last succeeded
 * @param host who ran it, or null if nobody did
 * @param error what its last call threw, in one line, or null if nothing
 * @param reason what a person wrote into the history about it, or null if nothing
 */
public record MigrationStatus(
        String id,
        State state,
        @Nullable Instant at,
        @Nullable Duration elapsed,
        int attempts,
        @Nullable String host,
        @Nullable String error,
        @Nullable String reason) {

    /** How a migration stands. */
    public enum State {

        /** The next run starts it. */
        PENDING,

        /** Started and not ended: at work right now if somebody holds the lock, else its process died. */
        RUNNING,

        /** Done. */
        APPLIED,

        /** Done, but its version has changed since; the next run starts it again. */
        CHANGED,

        /** It threw; the next run starts it again. */
        FAILED,

        /** It was running where this history was copied from. */
        INTERRUPTED,

        /** Counted as done by hand. */
        IGNORED,

        /** Its {@code down} was started and has not succeeded. */
        ROLLING_BACK,

        /** Taken back; the next run starts it again. */
        ROLLED_BACK,

        /** The history knows it, but no migration bears its id any more. */
        MISSING,

        /** It is not meant for this environment. */
        ELSEWHERE
    }

    /**
     * Tells whether the next run would start it.
     *
     * @return whether it is pending
     */
    public boolean isPending() {
        return switch (state) {
            case PENDING, RUNNING, CHANGED, FAILED, INTERRUPTED, ROLLING_BACK, ROLLED_BACK -> true;
            case APPLIED, IGNORED, MISSING, ELSEWHERE -> false;
        };
    }
}
