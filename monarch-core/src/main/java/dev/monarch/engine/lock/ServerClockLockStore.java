package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Judges a lease on the server's clock: one upsert whose pipeline decides with {@code $$NOW}.
 *
 * <p>The filter is only the id, because an upsert does not allow {@code $expr}. Instead every field is conditional:
 * while the holder is alive, the pipeline writes its document back unchanged. If the command is sent twice (a retry
 * after a network error), the same contender wins once. Format: MongoDB manual, "Updates with Aggregation Pipeline".
 */
final class ServerClockLockStore implements LockStore {

    private static final BsonValue NOW = new BsonString("$$NOW");

    private final MongoCollection<BsonDocument> collection;

    private final LockKey key;

    private final ExpiredHolder expiredHolder;

    /**
     * Creates a store for one wait.
     *
     * @param key the lock
     * @param expiredHolder ends what a holder left open that is going to be replaced
     */
    ServerClockLockStore(MongoCollection<BsonDocument> collection, LockKey key, ExpiredHolder expiredHolder) {
        this.collection = collection;
        this.key = key;
        this.expiredHolder = expiredHolder;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A transaction that a dead client left open blocks the document until the server ends it, and the write waits
     * for it. So nothing is written while a holder is alive, and the sessions of a holder whose lease has expired are ended
     * first. If the lock were acquired after the time to answer, its lease could have expired already.
     */
    @Override
    public Attempt tryAcquire(LockRequest request) {
        long before = System.nanoTime();
        LockDocument current = decided(collection.find(key.filter()).first());
        if (!current.isFree() && !current.isHeldBy(request.token())) {
            if (collection.find(expired(current, request.skew())).first() == null) {
                return new Attempt(current, before);
            }
            expiredHolder.end(current);
        }
        // Ending sessions can take longer than a lease.
        long sent = System.nanoTime();
        return new Attempt(decide(request), sent);
    }

    private LockDocument decide(LockRequest request) {
        try {
            return decided(collection
                    .withTimeout(request.timeToAnswer().toMillis(), TimeUnit.MILLISECONDS)
                    .findOneAndUpdate(
                            key.filter(),
                            List.of(free(request), take(request), new BsonDocument("$unset", new BsonString("free"))),
                            new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
        } catch (MongoOperationTimeoutException e) {
            return decided(collection.find(key.filter()).first());
        }
    }

    private LockDocument decided(@Nullable BsonDocument document) {
        return new LockDocument(document != null ? document : key.filter());
    }

    private static BsonDocument free(LockRequest request) {
        BsonValue free = op("$or", unheld(), ownedBy(request), isLeaseOver(request.skew()));
        return new BsonDocument("$set", new BsonDocument("free", free));
    }

    private static BsonValue isLeaseOver(Duration skew) {
        return op("$lt", op("$add", field("heartbeat"), field("lease"), millis(skew.toMillis())), NOW);
    }

    /** Returns a filter that matches the document if the lease of this holder has expired. */
    static BsonDocument expired(LockDocument held, Duration skew) {
        return held.heldFilter().append("$expr", isLeaseOver(skew));
    }

    private static BsonDocument take(LockRequest request) {
        BsonValue former = new BsonDocument()
                .append("purpose", field("purpose"))
                .append("host", field("host"))
                .append("since", field("since"))
                .append("fence", field("fence"));
        BsonValue fence = op("$add", op("$ifNull", field("fence"), millis(0)), millis(1));
        LockSessions sessions = request.sessions();
        return new BsonDocument(
                "$set",
                new BsonDocument()
                        .append(
                                "former",
                                ifFree(ifOwned(request, field("former"), ifUnheld(BsonNull.VALUE, former)), "former"))
                        .append("abandoned", ifFree(abandoned(request), "abandoned"))
                        .append("fence", ifFree(ifOwned(request, field("fence"), fence), "fence"))
                        .append("token", ifFree(literal(request.token()), "token"))
                        .append("purpose", ifFree(literal(request.purpose()), "purpose"))
                        .append("host", ifFree(literal(request.host()), "host"))
                        .append("since", ifFree(ifOwned(request, field("since"), NOW), "since"))
                        .append("heartbeat", ifFree(NOW, "heartbeat"))
                        .append("lease", ifFree(millis(request.lease().toMillis()), "lease"))
                        .append("beats", ifFree(millis(0), "beats"))
                        .append(LockSessions.WORK, ifFree(literalOrNull(sessions.work()), LockSessions.WORK))
                        .append(LockSessions.HISTORY, ifFree(literalOrNull(sessions.history()), LockSessions.HISTORY)));
    }

    /** The sessions to end: those that were left before, and those of a holder who is being replaced. */
    private static BsonValue abandoned(LockRequest request) {
        BsonValue before = op("$ifNull", field("abandoned"), new BsonArray());
        return op(
                "$concatArrays", before, replaced(request, LockSessions.WORK), replaced(request, LockSessions.HISTORY));
    }

    private static BsonValue replaced(LockRequest request, String session) {
        return cond(
                op("$or", unheld(), ownedBy(request), isNull(session)),
                new BsonArray(),
                new BsonArray(List.of(field(session))));
    }

    private static BsonValue unheld() {
        return isNull("token");
    }

    private static BsonValue ownedBy(LockRequest request) {
        return op("$eq", field("token"), literal(request.token()));
    }

    private static BsonValue isNull(String name) {
        return op("$eq", op("$ifNull", field(name), BsonNull.VALUE), BsonNull.VALUE);
    }

    private static BsonValue ifFree(BsonValue then, String otherwiseUnchanged) {
        return cond(field("free"), then, field(otherwiseUnchanged));
    }

    private static BsonValue ifOwned(LockRequest request, BsonValue then, BsonValue otherwise) {
        return cond(ownedBy(request), then, otherwise);
    }

    private static BsonValue ifUnheld(BsonValue then, BsonValue otherwise) {
        return cond(unheld(), then, otherwise);
    }

    private static BsonValue cond(BsonValue condition, BsonValue then, BsonValue otherwise) {
        return op("$cond", condition, then, otherwise);
    }

    private static BsonValue op(String operator, BsonValue... operands) {
        return new BsonDocument(operator, operands.length == 1 ? operands[0] : new BsonArray(Arrays.asList(operands)));
    }

    private static BsonValue literalOrNull(@Nullable BsonDocument document) {
        return document != null ? op("$literal", document) : BsonNull.VALUE;
    }

    private static BsonValue literal(String text) {
        return op("$literal", new BsonString(text));
    }

    private static BsonValue field(String name) {
        return new BsonString("$" + name);
    }

    private static BsonValue millis(long value) {
        return new BsonInt64(value);
    }
}
