package dev.monarch.engine.history;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the history says of one migration.
 *
 * @param id the migration's id
 * @param state its state
 * @param attempts how often it has been started
 * @param startedAt when it was last started, on the server's clock, or null if never
 * @param finishedAt when that ended, on the server's clock, or null if it has not
 * @param elapsed how long it took, or null if it has not ended
 * @param host who ran it: host name and process id, or null if nobody did
 * @param error what it threw, in one line, or null if it threw nothing
 * @param session the id of the server session it ran in, or null if the server knows none
 * @param sequence the place of the newest change of this entry among all changes of the history, from 1
 * @param version what its author called it when it was applied, or null if nothing
 * @param reason what a person wrote about it, or null if nothing
 * @param checkpoint how far it got, as it said itself, or null if it said nothing or is done
 * @param backup the backup that was taken before it ran, or null if none was
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
        @Nullable BsonDocument session,
        long sequence,
        @Nullable String version,
        @Nullable String reason,
        @Nullable BsonValue checkpoint,
        @Nullable String backup) {}
