package dev.monarch.migration;

import org.jspecify.annotations.Nullable;

/**
 * A migration that is to run.
 *
 * @param id its id
 * @param reason why it is to run
 * @param attempts how often it has been started since it last succeeded
 * @param lastError what its last attempt threw, or null if it threw nothing or was not ended
 * @param obstacle what forbids to run it before a person has said how it stands, as a clause, or null if nothing
 */
public record PlannedMigration(
        String id,
        Reason reason,
        int attempts,
        @Nullable String lastError,
        @Nullable String obstacle) {

    /** Why a migration is to run. */
    public enum Reason {

        /** It has never been started. */
        NEW,

        /** Its last attempt threw. */
        FAILED,

        /** Its last attempt was not ended: its process died, or works at it right now. */
        INTERRUPTED,

        /** It was taken back. */
        ROLLED_BACK,

        /** It runs in every run. */
        REPEATED,

        /** Its version is another than when it was last applied. */
        CHANGED,

        /** It was asked for by its name, whatever its state. */
        FORCED
    }

    /**
     * Creates one that nothing prevents.
     *
     * @param id its id
     * @param reason why it is to run
     * @param attempts how often it has been started since it last succeeded
     * @param lastError what its last attempt threw, or null
     */
    public PlannedMigration(String id, Reason reason, int attempts, @Nullable String lastError) {
        this(id, reason, attempts, lastError, null);
    }
}
