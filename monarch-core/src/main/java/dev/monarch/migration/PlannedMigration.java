package dev.monarch.migration;

import org.jspecify.annotations.Nullable;

/**
 * A migration that is to run.
 *
 * @param id its id
 * @param reason why it is to run
 * @param attempts how often it has been started before
 * @param lastError what its last attempt threw, or null if it threw nothing or was not ended
 */
public record PlannedMigration(
        String id, Reason reason, int attempts, @Nullable String lastError) {

    /** Why a migration is to run. */
    public enum Reason {

        /** It has never been started. */
        NEW,

        /** Its last attempt threw. */
        FAILED,

        /** Its last attempt was not ended: its process died, or works at it right now. */
        INTERRUPTED
    }

    String describeLastAttempt() {
        return lastError != null ? lastError : "it was not ended: its process died or lost the lock";
    }
}
