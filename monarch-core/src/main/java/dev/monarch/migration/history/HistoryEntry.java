package dev.monarch.migration.history;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the history says of one migration.
 *
 * @param id the migration's id
 * @param state its state
 * @param attempts how often it has been started
 * @param startedAt when it was last started, on the server's clock, or null if never
 * @param finishedAt when that ended, on the server's clock, or null if it has not
 * @param took how long it took, or null if it has not ended
 * @param host who ran it: host name and process id, or null if nobody did
 * @param error what it threw, in one line, or null if it threw nothing
 * @param session the id of the server session it ran in, or null if the server knows none
 */
public record HistoryEntry(
        String id,
        MigrationState state,
        int attempts,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Duration took,
        @Nullable String host,
        @Nullable String error,
        @Nullable BsonDocument session) {}
