package dev.monarch.engine.history;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one migration in the history.
 *
 * @param id the migration's id
 * @param state its state
 * @param attempts how often it has been started
 * @param startedAt when its last attempt started, on the server's clock, or null if it never started
 * @param finishedAt when that attempt ended, on the server's clock, or null if it has not
 * @param elapsed how long that attempt took, or null if it has not ended
 * @param host the process that ran it: host name and process id, or null if it never ran
 * @param error what it threw, in one line, or null if it threw nothing
 * @param stack the stack trace of what it threw, cut to the length that the history keeps, or null if it threw nothing
 * @param session the id of the server session in which it ran, or null if the server has no sessions
 * @param sequence the position of the newest change of this entry among all changes of the history, from 1
 * @param version the version that was applied, or null if it has none
 * @param reason the reason of a manual change, or null if there is none
 * @param checkpoint its checkpoint, or null if it stored none or is applied
 * @param backup the backup that was taken before it ran, or null if there is none
 * @param importing the history whose import began with this entry and has not ended, or null
 */
public record HistoryEntry(
        String id,
        MigrationState state,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Duration elapsed,
        @Nullable String host,
        @Nullable String error,
        @Nullable String stack,
        @Nullable BsonDocument session,
        long sequence,
        @Nullable String version,
        @Nullable String reason,
        @Nullable BsonValue checkpoint,
        @Nullable String backup,
        @Nullable String importing) {

    /** {@return whether this entry only announces a migration that was never started nor changed manually} */
    public boolean isAnnounced() {
        return state == MigrationState.PENDING && reason == null;
    }
}
