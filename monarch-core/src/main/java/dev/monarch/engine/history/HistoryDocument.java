package dev.monarch.engine.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One stored entry of the history. Only this package knows the names of the fields.
 *
 * <pre>{@code
 * { _id: { scope: "default", id: "202611201030-unique-email" },
 *   state: "APPLIED", attempts: 2, fence: 7, host: "web-1:4711",
 *   session: { id: BinData(4, …) },
 *   startedAt: ISODate(…), finishedAt: ISODate(…), millis: 1250,     // the server's clock
 *   error: { type: "…", message: "…", stack: "…" },                  // of the last attempt, if it failed
 *   sequence: 12,                                                    // position of this change in the whole history
 *   version: "2", reason: "…",                                       // version, and reason of a manual change
 *   backup: "default__2026_11_20T103005Z",                           // the backup that was taken before it
 *   checkpoint: ObjectId(…),                                         // its progress, until it is applied
 *   importing: "the history of …",                                   // while an import of it has not ended
 *   owner: "5b0c…",                                                  // standalone only: the token that may write
 *   trail: [ { state: "RUNNING", attempt: 1, fence: 6, host: "…", at: ISODate(…) }, … ] }  // the newest 20
 * }</pre>
 */
final class HistoryDocument {

    static final String STATE = "state";

    static final String ATTEMPTS = "attempts";

    static final String FENCE = "fence";

    static final String HOST = "host";

    static final String SESSION = "session";

    static final String STARTED_AT = "startedAt";

    static final String FINISHED_AT = "finishedAt";

    static final String MILLIS = "millis";

    static final String ERROR = "error";

    /** In the document of an error. */
    static final String STACK = "stack";

    static final String SEQUENCE = "sequence";

    static final String VERSION = "version";

    static final String REASON = "reason";

    static final String BACKUP = "backup";

    static final String CHECKPOINT = "checkpoint";

    /** The source of an import that has not ended. */
    static final String IMPORTING = "importing";

    static final String OWNER = "owner";

    static final String TRAIL = "trail";

    /** The states of a migration whose code is running, or was when its process died. */
    static final List<MigrationState> ACTIVE = List.of(MigrationState.RUNNING, MigrationState.ROLLING_BACK);

    private static final String KEY = "_id";

    private static final String SCOPE = "scope";

    private static final String ID = "id";

    private HistoryDocument() {}

    static BsonDocument key(String scope, String id) {
        return new BsonDocument(KEY, new BsonDocument(SCOPE, new BsonString(scope)).append(ID, new BsonString(id)));
    }

    static BsonDocument scopeFilter(String scope) {
        return new BsonDocument(KEY + "." + SCOPE, new BsonString(scope));
    }

    /** The order in which two reads of an unchanged history are equal. */
    static BsonDocument byKey() {
        return new BsonDocument(KEY, new BsonInt32(1));
    }

    /** Another program may have written the entry, so invalid numbers are corrected instead of refused. */
    static HistoryEntry toEntry(BsonDocument document) {
        BsonValue millis = document.get(MILLIS, BsonNull.VALUE);
        BsonValue error = document.get(ERROR, BsonNull.VALUE);
        BsonValue session = document.get(SESSION, BsonNull.VALUE);
        return new HistoryEntry(
                document.getDocument(KEY).getString(ID).getValue(),
                MigrationState.valueOf(document.getString(STATE).getValue()),
                Math.max(0, document.getNumber(ATTEMPTS, new BsonInt32(0)).intValue()),
                instant(document.get(STARTED_AT, BsonNull.VALUE)),
                instant(document.get(FINISHED_AT, BsonNull.VALUE)),
                millis.isNumber()
                        ? Duration.ofMillis(Math.max(0, millis.asNumber().longValue()))
                        : null,
                text(document.get(HOST, BsonNull.VALUE)),
                error.isDocument() ? oneLine(error.asDocument()) : null,
                error.isDocument() ? text(error.asDocument().get(STACK, BsonNull.VALUE)) : null,
                session.isDocument() ? session.asDocument() : null,
                sequence(document),
                text(document.get(VERSION, BsonNull.VALUE)),
                text(document.get(REASON, BsonNull.VALUE)),
                document.get(CHECKPOINT),
                text(document.get(BACKUP, BsonNull.VALUE)),
                text(document.get(IMPORTING, BsonNull.VALUE)));
    }

    /** Tells whether an entry has this state. An entry that another program wrote may have none. */
    static boolean hasState(BsonDocument document, MigrationState state) {
        return state.name().equals(text(document.get(STATE, BsonNull.VALUE)));
    }

    static boolean hasRunningMigration(BsonDocument document) {
        return ACTIVE.stream().anyMatch(state -> hasState(document, state));
    }

    static long sequence(BsonDocument document) {
        return document.getNumber(SEQUENCE, new BsonInt64(0)).longValue();
    }

    /** Returns the migration's id, or null if the key is not one of Monarch's. */
    static @Nullable String id(BsonDocument document) {
        return document.get(KEY) instanceof BsonDocument key ? text(key.get(ID, BsonNull.VALUE)) : null;
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
