package dev.monarch.engine.backfill;

import java.time.Duration;
import java.time.Instant;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.BackfillStatus.BackfillProgress;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;

/**
 * The stored progress of one backfill, and what users want of it.
 *
 * <pre>{@code
 * { _id: { scope: "default", id: "202612011200-weight-in-kg" },
 *   owner: "5b0c…", fence: 3, host: "web-1:4711",    // the holder of the backfill's lock, which alone writes the rest
 *   state: "RUNNING", error: "…",
 *   collection: "dogs", uuid: BinData(4, …),         // the UUID of the collection that the progress belongs to
 *   pass: 1, position: { id: ObjectId(…) },          // the first _id that the pass has not read; absent at its start
 *   changed: 4000, complete: false,                  // in this pass; whether a whole pass has changed nothing
 *   done: 4000, examined: 5000, total: 100000, setAside: 2, perSecond: 830.5,
 *   startedAt: ISODate(…), finishedAt: ISODate(…),   // the server's clock
 *   wanted: { paused: false, retry: false, undo: false, dutyCycle: 0.5, documentsPerSecond: 1000 } }   // anyone writes this
 * }</pre>
 */
record BackfillRecord(BsonDocument bson) {

    static final String OWNER = "owner";

    static final String STATE = "state";

    static final String COLLECTION = "collection";

    static final String UUID = "uuid";

    static final String PASS = "pass";

    static final String POSITION = "position";

    static final String CHANGED = "changed";

    static final String COMPLETE = "complete";

    static final String DONE = "done";

    static final String EXAMINED = "examined";

    static final String TOTAL = "total";

    static final String SET_ASIDE = "setAside";

    static final String PER_SECOND = "perSecond";

    static final String STARTED_AT = "startedAt";

    static final String FINISHED_AT = "finishedAt";

    static final String ERROR = "error";

    static final String PAUSED = "wanted.paused";

    static final String RETRY = "wanted.retry";

    static final String UNDO = "wanted.undo";

    static final String DUTY_CYCLE = "wanted.dutyCycle";

    static final String DOCUMENTS_PER_SECOND = "wanted.documentsPerSecond";

    static BackfillRecord absent(String id) {
        return new BackfillRecord(new BsonDocument("_id", new BsonDocument("id", new BsonString(id))));
    }

    String id() {
        return bson.getDocument("_id").getString("id").getValue();
    }

    /** Returns the recorded state. A pause may be wanted and not be recorded yet. */
    State state() {
        String recorded = text(STATE);
        return recorded == null ? State.PENDING : State.valueOf(recorded);
    }

    @Nullable
    String collection() {
        return text(COLLECTION);
    }

    BsonValue uuid() {
        return bson.get(UUID, BsonNull.VALUE);
    }

    int pass() {
        return Math.max(1, (int) number(PASS));
    }

    /** Returns the first {@code _id} that the pass has not read, or null at its start. */
    @Nullable
    BsonValue position() {
        return bson.get(POSITION) instanceof BsonDocument position ? position.get("id") : null;
    }

    long changed() {
        return number(CHANGED);
    }

    boolean isComplete() {
        return bson.getBoolean(COMPLETE, BsonBoolean.FALSE).getValue();
    }

    long done() {
        return number(DONE);
    }

    long examined() {
        return number(EXAMINED);
    }

    @Nullable
    String error() {
        return text(ERROR);
    }

    @Nullable
    Instant at(String field) {
        BsonValue value = bson.get(field, BsonNull.VALUE);
        return value.isDateTime() ? Instant.ofEpochMilli(value.asDateTime().getValue()) : null;
    }

    boolean isPauseWanted() {
        return wanted().getBoolean("paused", BsonBoolean.FALSE).getValue();
    }

    boolean isRetryWanted() {
        return wanted().getBoolean("retry", BsonBoolean.FALSE).getValue();
    }

    boolean isUndoWanted() {
        return wanted().getBoolean("undo", BsonBoolean.FALSE).getValue();
    }

    Rate wantedRate() {
        BsonValue dutyCycle = wanted().get("dutyCycle", BsonNull.VALUE);
        BsonValue perSecond = wanted().get("documentsPerSecond", BsonNull.VALUE);
        return new Rate(
                dutyCycle.isNumber() ? dutyCycle.asNumber().doubleValue() : null,
                perSecond.isNumber() ? perSecond.asNumber().longValue() : null);
    }

    BackfillProgress progress() {
        double perSecond = bson.getNumber(PER_SECOND, new BsonInt64(0)).doubleValue();
        long left = number(TOTAL) - examined();
        boolean known = perSecond > 0 && left >= 0 && state() == State.RUNNING;
        return new BackfillProgress(
                done(),
                examined(),
                number(TOTAL),
                number(SET_ASIDE),
                pass(),
                perSecond,
                known ? Duration.ofMillis((long) (left / perSecond * 1000)) : null);
    }

    private BsonDocument wanted() {
        return bson.getDocument("wanted", new BsonDocument());
    }

    private long number(String field) {
        return Math.max(0, bson.getNumber(field, new BsonInt64(0)).longValue());
    }

    private @Nullable String text(String field) {
        BsonValue value = bson.get(field, BsonNull.VALUE);
        return value.isString() ? value.asString().getValue() : null;
    }
}
