package dev.monarch.migration;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;

/**
 * The state of one migration in one environment.
 *
 * @param id its id
 * @param state its state
 * @param at the time of its last change, on the server's clock; null if it never ran
 * @param elapsed how long its last call took, or null if it did not end
 * @param attempts how often it has been started since it last succeeded
 * @param host the process that ran it, or null if it never ran
 * @param error what its last call threw, in one line, or null if nothing
 * @param stack the stack trace of what its last call threw, cut after some thousand characters, or null if nothing
 * @param reason the reason given for a manual change; null if there is none
 */
public record MigrationStatus(
        String id,
        State state,
        @Nullable Instant at,
        @Nullable Duration elapsed,
        int attempts,
        @Nullable String host,
        @Nullable String error,
        @Nullable String stack,
        @Nullable String reason) {

    /**
     * Creates a status.
     *
     * @throws IllegalArgumentException if {@code attempts} or {@code elapsed} is negative
     */
    public MigrationStatus {
        Checks.atLeast("attempts", attempts, 0);
        Checks.notNegative("elapsed", elapsed);
    }

    /** The state of a migration. */
    public enum State {

        /** The next run starts it. */
        PENDING,

        /**
         * It was started and did not end. If a process holds the lock, it may be running; otherwise its process died.
         */
        RUNNING,

        /** Done. */
        APPLIED,

        /** Done, but its version has changed since. The next run starts it again. */
        CHANGED,

        /** It threw. The next run starts it again. */
        FAILED,

        /**
         * It was running when its history was copied, or it was stopped and its policy is {@link
         * Migration.OnInterrupted#MANUAL}.
         */
        INTERRUPTED,

        /** Marked as done manually. */
        IGNORED,

        /** Its {@code down} was started and has not succeeded. */
        ROLLING_BACK,

        /** Rolled back. The next run starts it again. */
        ROLLED_BACK,

        /** It is in the history, but the application has no migration with its id. */
        MISSING,

        /** It does not run in this environment. */
        ELSEWHERE
    }

    /** {@return whether the next run would start it} */
    public boolean isPending() {
        return switch (state) {
            case PENDING, RUNNING, CHANGED, FAILED, INTERRUPTED, ROLLING_BACK, ROLLED_BACK -> true;
            case APPLIED, IGNORED, MISSING, ELSEWHERE -> false;
        };
    }
}
