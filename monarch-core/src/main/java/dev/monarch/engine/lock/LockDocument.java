package dev.monarch.engine.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.environment.LockEvent.LockHolder;

/**
 * The document of one lock. Locks of the same environment are independent of each other.
 *
 * <pre>{@code
 * { _id: "environment",              // or the name of another lock
 *   fence: 7,                      // counts acquisitions; it never decreases
 *   token: "5b0c…",                // of this acquisition; absent while the lock is free
 *   purpose: "migrate", host: "web-1:4711", since: ISODate(…),
 *   lease: 60000, heartbeat: ISODate(…), beats: 3,
 *   session: { id: BinData(4, …) },       // the holder's server session, to be ended if the holder dies
 *   historySession: { id: BinData(4, …) }, // the session of its transactions on this document
 *   abandoned: [ { id: BinData(4, …) } ], // sessions of former holders that may still have operations
 *   former: { purpose, host, since, fence } } // the holder whose lock was taken over
 * }</pre>
 */
record LockDocument(BsonDocument bson) {

    /** Returns the filter of this document for as long as the current holder has it. */
    BsonDocument heldFilter() {
        return new LockKey(bson.getString("_id").getValue()).filter(token());
    }

    boolean isHeldBy(String token) {
        return bson.getString("token", new BsonString("")).getValue().equals(token);
    }

    boolean isFree() {
        return bson.get("token", BsonNull.VALUE).isNull();
    }

    String token() {
        return bson.getString("token").getValue();
    }

    long fence() {
        return bson.getNumber("fence", new BsonInt64(0)).longValue();
    }

    long beats() {
        return bson.getNumber("beats", new BsonInt64(0)).longValue();
    }

    LockHolder holder() {
        return holderFrom(bson);
    }

    Optional<LockHolder> formerHolder() {
        BsonValue former = bson.get("former", BsonNull.VALUE);
        return former.isDocument() ? Optional.of(holderFrom(former.asDocument())) : Optional.empty();
    }

    List<BsonDocument> abandonedSessions() {
        return bson.getArray("abandoned", new BsonArray()).stream()
                .map(BsonValue::asDocument)
                .toList();
    }

    LockSessions sessions() {
        return LockSessions.of(bson);
    }

    Duration lease() {
        return Duration.ofMillis(bson.getNumber("lease", new BsonInt64(0)).longValue());
    }

    /** Returns the value of {@code former} after this document's holder, if any, has been replaced. */
    BsonValue asFormerHolder() {
        if (isFree()) {
            return BsonNull.VALUE;
        }
        LockHolder holder = holder();
        return new BsonDocument("purpose", new BsonString(holder.purpose()))
                .append("host", new BsonString(holder.host()))
                .append("since", new BsonDateTime(holder.since().toEpochMilli()))
                .append("fence", new BsonInt64(holder.fence()));
    }

    /** Returns the value of {@code abandoned} after this document's holder, if any, has been replaced. */
    List<BsonDocument> sessionsAfterTakeover() {
        List<BsonDocument> sessions = new ArrayList<>(abandonedSessions());
        if (!isFree()) {
            sessions.addAll(sessions().all());
        }
        return sessions;
    }

    static BsonValue orNull(@Nullable BsonDocument document) {
        return document != null ? document : BsonNull.VALUE;
    }

    private static LockHolder holderFrom(BsonDocument document) {
        BsonValue since = document.get("since", BsonNull.VALUE);
        return new LockHolder(
                document.getString("purpose", new BsonString("an unknown purpose"))
                        .getValue(),
                document.getString("host", new BsonString("an unknown host")).getValue(),
                since.isDateTime() ? Instant.ofEpochMilli(since.asDateTime().getValue()) : Instant.EPOCH,
                Math.max(0, document.getNumber("fence", new BsonInt64(0)).longValue()));
    }
}
