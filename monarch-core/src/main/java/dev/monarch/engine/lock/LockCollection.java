package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.environment.MonarchEnvironment;

/** Reads and writes the lock collection of one environment. */
final class LockCollection {

    static final String NAME = "monarch.lock";

    /**
     * Error codes of servers that do not support a pipeline in an update, or {@code $$NOW}: an unknown failure (-1),
     * BadValue, FailedToParse, TypeMismatch, CommandNotFound, InvalidPipelineOperator, CommandNotSupported, 303 (not
     * supported, from compatible services), undefined variable, unknown stage.
     */
    private static final Set<Integer> NO_PIPELINE_UPDATES = Set.of(-1, 2, 9, 14, 59, 115, 168, 303, 17276, 40324);

    private final MonarchEnvironment environment;

    private final LockKey key;

    private final MongoCollection<BsonDocument> collection;

    private volatile boolean serverClockUsable = true;

    LockCollection(MonarchEnvironment environment, LockKey key) {
        this.environment = environment;
        this.key = key;
        this.collection = environment.ownDatabase().getCollection(NAME, BsonDocument.class);
    }

    /**
     * Returns a store for one contender's wait. It uses the server's clock if the server can judge the lease, and
     * observation otherwise.
     */
    LockStore storeForOneWait() {
        ExpiredHolder expired = new ExpiredHolder(environment);
        LockStore judging = new ServerClockLockStore(collection, key, expired);
        LockStore observing = new ObservingLockStore(collection, key, expired);
        return request ->
                serverClockUsable ? tryOnServerClock(request, judging, observing) : observing.tryAcquire(request);
    }

    private LockStore.Attempt tryOnServerClock(LockRequest request, LockStore judging, LockStore otherwise) {
        try {
            return judging.tryAcquire(request);
        } catch (MongoCommandException e) {
            if (!NO_PIPELINE_UPDATES.contains(e.getErrorCode())) {
                throw e;
            }
            serverClockUsable = false;
            return otherwise.tryAcquire(request);
        }
    }

    /** Renews the lease. Returns false if the lock no longer has this token. */
    boolean heartbeat(String token, Duration within) {
        return collection
                        .withTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                        .updateOne(
                                key.filter(token),
                                Updates.combine(Updates.currentDate("heartbeat"), Updates.inc("beats", 1L)))
                        .getMatchedCount()
                == 1;
    }

    /**
     * Checks and changes the lock in the caller's transaction, so that the transaction and a takeover exclude each
     * other.
     */
    boolean touch(ClientSession session, String token, long fence) {
        return collection
                        .updateOne(
                                session,
                                key.filter(token).append("fence", new BsonInt64(fence)),
                                Updates.inc("writes", 1L))
                        .getMatchedCount()
                == 1;
    }

    /** Begins another transaction: the server ends an older one of the same session that is still open. */
    void supersede(ClientSession session) {
        session.startTransaction();
        try {
            collection.find(session, key.filter()).first();
        } finally {
            session.abortTransaction();
        }
    }

    void claim(ClientSession session, String token, long fence) {
        collection.updateOne(
                session,
                key.claim(),
                Updates.combine(Updates.set("token", token), Updates.set("fence", fence)),
                new UpdateOptions().upsert(true));
    }

    /**
     * Checks and changes the claim in the transaction of a migration, whose session belongs to the application's
     * client.
     */
    boolean touchClaim(ClientSession session, String token) {
        return environment
                        .database()
                        .getCollection(NAME, BsonDocument.class)
                        .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
                        .updateOne(
                                session, key.claim().append("token", new BsonString(token)), Updates.inc("writes", 1L))
                        .getMatchedCount()
                == 1;
    }

    /**
     * Takes the lock from its holder. The next holder ends the sessions of the former one. If the lease has expired, they are
     * ended first, because one of their transactions would block the lock document.
     */
    Optional<LockDocument> forceUnlock(Duration skew) {
        ExpiredHolder expired = new ExpiredHolder(environment);
        while (true) {
            Optional<LockDocument> held = current().filter(document -> !document.isFree());
            held.filter(document -> isExpired(document, skew)).ifPresent(expired::end);
            if (held.isEmpty() || forceUnlock(held.get())) {
                return held;
            }
        }
    }

    private boolean forceUnlock(LockDocument held) {
        return collection
                        .updateOne(
                                held.heldFilter(),
                                Updates.combine(
                                        Updates.set("abandoned", held.sessionsAfterTakeover()),
                                        Updates.unset("token"),
                                        Updates.unset(LockSessions.WORK),
                                        Updates.unset(LockSessions.HISTORY),
                                        Updates.unset("former")))
                        .getMatchedCount()
                == 1;
    }

    Optional<LockDocument> current() {
        return Optional.ofNullable(collection.find(key.filter()).first()).map(LockDocument::new);
    }

    /**
     * Returns the document if its holder is alive on the server's clock. If that clock cannot judge, any holder
     * counts as alive.
     */
    Optional<LockDocument> live(Duration skew) {
        Optional<LockDocument> held = current().filter(document -> !document.isFree());
        return held.filter(document -> !isExpired(document, skew));
    }

    private boolean isExpired(LockDocument held, Duration skew) {
        try {
            return collection.find(ServerClockLockStore.expired(held, skew)).first() != null;
        } catch (MongoException e) {
            if (!NO_PIPELINE_UPDATES.contains(e.getCode())) {
                throw e;
            }
            return false;
        }
    }

    void forgetAbandoned(String token) {
        collection.updateOne(key.filter(token), Updates.unset("abandoned"));
    }

    /**
     * Releases the lock.
     *
     * @param unfinished the session whose operations the next holder must wait for, or null if there is none
     */
    void release(String token, @Nullable BsonDocument unfinished) {
        Bson free = Updates.combine(
                Updates.unset("token"),
                Updates.unset(LockSessions.WORK),
                Updates.unset(LockSessions.HISTORY),
                Updates.unset("former"));
        collection.updateOne(
                key.filter(token),
                unfinished == null ? free : Updates.combine(free, Updates.push("abandoned", unfinished)));
    }

    void drop() {
        collection.drop();
    }

    /** Returns the current document, or nothing if there is none or the server does not answer in time. */
    Optional<LockDocument> peek(Duration within) {
        try {
            return Optional.ofNullable(document(within)).map(LockDocument::new);
        } catch (MongoException e) {
            return Optional.empty();
        }
    }

    private @Nullable BsonDocument document(Duration within) {
        return collection
                .withTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
                .find(key.filter())
                .first();
    }
}
