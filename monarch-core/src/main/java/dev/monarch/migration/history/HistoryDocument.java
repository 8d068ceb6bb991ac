package dev.monarch.migration.history;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the history as it is stored.
 *
 * <pre>{@code
 * { _id: { scope: "default", id: "202611201030-unique-email" },
 *   state: "APPLIED", attempts: 2, fence: 7, host: "web-1:4711",
 *   session: { id: BinData(4, …) },
 *   startedAt: ISODate(…), finishedAt: ISODate(…), millis: 1250,     // the server's clock
 *   error: { type: "…", message: "…", stack: "…" },                  // of the last attempt, if it failed
 *   sequence: 12,                                                    // of this change among all of the history
 *   version: "2", reason: "…",                                       // its author's, and a person's, if any
 *   backup: "default__2026_11_20T103005Z",                           // that was taken before it ran, if any
 *   checkpoint: ObjectId(…),                                         // how far it got, until it is applied
 *   owner: "5b0c…",                                                  // standalone only: the token that may write
 *   trail: [ { state: "RUNNING", attempt: 1, fence: 6, host: "…", at: ISODate(…) }, … ] }  // the newest 20
 * }</pre>
 */
final class HistoryDocument {

    private HistoryDocument() {}

    static BsonDocument key(String scope, String id) {
        return new BsonDocument(
                "_id", new BsonDocument("scope", new BsonString(scope)).append("id", new BsonString(id)));
    }

    static BsonDocument scopeFilter(String scope) {
        return new BsonDocument("_id.scope", new BsonString(scope));
    }

    static HistoryEntry toEntry(BsonDocument document) {
        BsonValue millis = document.get("millis", BsonNull.VALUE);
        BsonValue error = document.get("error", BsonNull.VALUE);
        BsonValue session = document.get("session", BsonNull.VALUE);
        return new HistoryEntry(
                document.getDocument("_id").getString("id").getValue(),
                MigrationState.valueOf(document.getString("state").getValue()),
                document.getNumber("attempts", new BsonInt32(0)).intValue(),
                instant(document.get("startedAt", BsonNull.VALUE)),
                instant(document.get("finishedAt", BsonNull.VALUE)),
                millis.isNumber() ? Duration.ofMillis(millis.asNumber().longValue()) : null,
                text(document.get("host", BsonNull.VALUE)),
                error.isDocument() ? oneLine(error.asDocument()) : null,
                session.isDocument() ? session.asDocument() : null,
                document.getNumber("sequence", new BsonInt64(0)).longValue(),
                text(document.get("version", BsonNull.VALUE)),
                text(document.get("reason", BsonNull.VALUE)),
                document.get("checkpoint"),
                text(document.get("backup", BsonNull.VALUE)));
    }

    private static String oneLine(BsonDocument error) {
        BsonString none = new BsonString("");
        return error.getString("type", none).getValue() + ": "
                + error.getString("message", none).getValue();
    }

    private static @Nullable Instant instant(BsonValue value) {
        return value.isDateTime() ? Instant.ofEpochMilli(value.asDateTime().getValue()) : null;
    }

    private static @Nullable String text(BsonValue value) {
        return value.isString() ? value.asString().getValue() : null;
    }
}
