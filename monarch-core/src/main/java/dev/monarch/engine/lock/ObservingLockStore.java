package dev.monarch.engine.lock;

import java.time.Duration;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Judges a lease without a wall clock, for servers without pipeline updates.
 *
 * <p>A contender takes over only after it has seen the same heartbeat counter for a whole lease plus the margin, on
 * its own monotonic clock. An instance belongs to one contender and one wait.
 */
final class ObservingLockStore implements LockStore {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<BsonDocument> collection;

    private final LockKey key;

    private final ExpiredHolder expiredHolder;

    private @Nullable Observation observation;

    ObservingLockStore(MongoCollection<BsonDocument> collection, LockKey key, ExpiredHolder expiredHolder) {
        this.collection = collection;
        this.key = key;
        this.expiredHolder = expiredHolder;
    }

    @Override
    public Attempt tryAcquire(LockRequest request) {
        long before = System.nanoTime();
        LockDocument current = read();
        if (current.isHeldBy(request.token())) {
            return new Attempt(current, before);
        }
        if (current.isFree()) {
            return take(request, current, new BsonDocument("token", new BsonDocument("$exists", BsonBoolean.FALSE)));
        }
        if (!hasBeenSilentForItsLease(current, request.skew())) {
            return new Attempt(current, before);
        }
        expiredHolder.end(current);
        return take(
                request,
                current,
                new BsonDocument("token", new BsonString(current.token()))
                        .append("beats", new BsonInt64(current.beats())));
    }

    private LockDocument read() {
        BsonDocument found = collection.find(key.filter()).first();
        if (found == null) {
            insertFreeLock();
            found = collection.find(key.filter()).first();
        }
        return new LockDocument(found != null ? found : key.filter());
    }

    private void insertFreeLock() {
        try {
            collection.insertOne(key.filter().append("fence", new BsonInt64(0)));
        } catch (MongoException e) {
            // Another contender was first. findAndModify and insert report it with different types and the same code.
            if (e.getCode() != DUPLICATE_KEY) {
                throw e;
            }
        }
    }

    private boolean hasBeenSilentForItsLease(LockDocument current, Duration skew) {
        long now = System.nanoTime();
        Observation seen = observation;
        if (seen == null || !seen.token().equals(current.token()) || seen.beats() != current.beats()) {
            observation = new Observation(current.token(), current.beats(), now);
            return false;
        }
        return now - seen.firstSeen() > current.lease().plus(skew).toNanos();
    }

    /** Writes only if the document is unchanged: of several contenders that saw the same document, one wins. */
    private Attempt take(LockRequest request, LockDocument current, BsonDocument unchanged) {
        BsonDocument filter = key.filter();
        filter.putAll(unchanged);
        long sent = System.nanoTime();
        BsonDocument after = collection.findOneAndUpdate(
                filter,
                ownership(request, current),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        return new Attempt(after != null ? new LockDocument(after) : read(), sent);
    }

    private static Bson ownership(LockRequest request, LockDocument current) {
        BsonDocument fields = new BsonDocument("token", new BsonString(request.token()))
                .append("purpose", new BsonString(request.purpose()))
                .append("host", new BsonString(request.host()))
                .append("lease", new BsonInt64(request.lease().toMillis()))
                .append("beats", new BsonInt64(0))
                .append("former", current.asFormerHolder())
                .append("abandoned", new BsonArray(current.sessionsAfterTakeover()))
                .append(
                        LockSessions.WORK,
                        LockDocument.orNull(request.sessions().work()))
                .append(
                        LockSessions.HISTORY,
                        LockDocument.orNull(request.sessions().history()));
        return Updates.combine(
                new BsonDocument("$set", fields),
                Updates.inc("fence", 1L),
                Updates.currentDate("since"),
                Updates.currentDate("heartbeat"));
    }

    private record Observation(String token, long beats, long firstSeen) {}
}
