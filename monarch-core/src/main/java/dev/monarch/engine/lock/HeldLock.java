package dev.monarch.engine.lock;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockLostException;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;

/**
 * A lock that has been acquired, until it is closed or lost.
 *
 * <p>A heartbeat renews it in the background. Once lost it stays lost: {@link #ensureHeld()} throws from then on. Safe for
 * use by several threads.
 */
public final class HeldLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldLock.class);

    private final EnvironmentLock lock;

    private final String token;

    private final long fence;

    /** The server's time at about {@link #acquiredAt}. */
    private final Instant since;

    private final long acquiredAt;

    private final Heartbeat heartbeat;

    private final Set<BsonDocument> ended = new HashSet<>();

    private final LockLoss loss;

    private final OwnWork ownWork;

    HeldLock(EnvironmentLock lock, LockRequest request, LockHolder holder, long acquiredAt) {
        this.lock = lock;
        this.token = request.token();
        this.fence = holder.fence();
        this.since = holder.since();
        this.acquiredAt = acquiredAt;
        this.loss = new LockLoss(lock.environment().name());
        this.ownWork = new OwnWork(
                lock.environment(), lock.settings(), request.sessions().work());
        this.heartbeat = new Heartbeat(lock.collection(), token, lock.settings(), acquiredAt, this::lose);
    }

    void start() {
        heartbeat.start();
    }

    /**
     * Returns the token of this acquisition, which no other acquisition bears.
     *
     * @return the token
     */
    public String token() {
        return token;
    }

    /**
     * Returns the number of this acquisition.
     *
     * @return a number greater than that of every earlier acquisition of the same lock document
     */
    public long fence() {
        return fence;
    }

    /**
     * Returns the server's time without asking for it: the time of the acquisition, and what the monotonic clock of this
     * machine has counted since.
     *
     * @return the time, late by at most one round trip
     */
    public Instant serverTime() {
        return since.plusNanos(System.nanoTime() - acquiredAt);
    }

    /**
     * Tells whether the database of another environment is the one that is locked, whatever both are called.
     *
     * @param other the other environment; its primary is asked
     * @return true if this acquisition is to be seen there
     */
    public boolean isSeenIn(MonarchEnvironment other) {
        return other.ownDatabase()
                        .getCollection(LockCollection.NAME)
                        .find(LockDocument.filter(token))
                        .first()
                != null;
    }

    /**
     * Returns if the lock is held as far as this process can know without asking the server.
     *
     * @throws LockLostException if it is lost
     */
    public void ensureHeld() {
        if (heartbeat.isLeaseOver()) {
            lose("its lease ran out before it could be renewed");
        }
        loss.requireNone();
    }

    /**
     * Calls a listener when the lock is lost, at once if it already is, on whatever thread notices.
     *
     * @param listener the one listener; it replaces an earlier one
     */
    public void onLost(Consumer<LockLostException> listener) {
        loss.onLost(listener);
    }

    /**
     * Checks and touches the lock inside a transaction of the caller's, so that it and a takeover exclude each other.
     *
     * <p>To be called last in a transaction that does other work, or the heartbeat conflicts with it.
     *
     * @param session a session with a transaction under way
     * @throws LockLostException if the lock is no longer this one's; the caller's transaction must then be aborted
     */
    public void touch(ClientSession session) {
        if (!lock.collection().touch(session, token, fence)) {
            throw lose("another run has taken it, or the lock document is gone");
        }
    }

    /**
     * Ends a session on the server, and with it a transaction whose end is unknown.
     *
     * @param ended whose transaction failed
     */
    public void end(ClientSession ended) {
        Uninterrupted.run(() -> lock.end(ended));
    }

    /**
     * Claims the right to write for this acquisition, inside a transaction of the caller's that also {@link #touch touches}
     * the lock.
     *
     * @param session a session with a transaction under way
     */
    public void claimWrites(ClientSession session) {
        lock.collection().claim(session, token, fence);
    }

    /**
     * Checks and touches the claim inside a transaction of the caller's, so that it and the next holder's claim exclude
     * each other, however long the transaction has lasted.
     *
     * @param session a session with a transaction under way
     * @throws LockLostException if another acquisition has claimed it; the caller's transaction must then be aborted
     */
    public void touchClaim(ClientSession session) {
        ensureHeld();
        if (!lock.collection().touchClaim(session, token)) {
            throw lose("another run has taken it");
        }
    }

    /**
     * Ends server sessions that a dead client left at work, and waits until their operations have ended.
     *
     * <p>If the server does not show its operations, this waits for as long as a lease. Sessions that this acquisition has
     * ended already are left out.
     *
     * @param sessions the sessions' ids
     * @throws LockLostException if the lock is lost meanwhile
     * @throws dev.monarch.LockHeldException if they are at work for longer than one may wait for a lock
     */
    public void endAbandoned(List<BsonDocument> sessions) {
        List<BsonDocument> left = sessions.stream()
                .filter(abandoned -> !ended.contains(abandoned))
                .toList();
        if (!left.isEmpty()) {
            lock.endAbandoned(this, left);
            ended.addAll(left);
        }
    }

    /**
     * Ends what this acquisition's own session still has at work on the server, such as an update whose client did not
     * wait for the answer, and waits for it.
     *
     * <p>Nothing happens if nothing is at work. An interrupted thread does not wait; what it leaves, the next holder of the
     * lock waits for.
     *
     * @return true if nothing is at work any more; false if that is not known, or did not end in time
     * @throws LockLostException if the lock is lost meanwhile
     */
    public boolean endOwnWork() {
        return ownWork.end(this::ensureHeld);
    }

    /**
     * Says that the lock was found to be somebody else's.
     *
     * @param reason how, as a clause without a full stop
     * @return the exception to throw, the same for every caller
     */
    public LockLostException lose(String reason) {
        return loss.lose(reason);
    }

    /**
     * Drops the collection of the lock instead of releasing it, when everything else of the database is gone.
     *
     * @throws LockLostException if the lock is lost; the collection is then another holder's
     */
    public void dropCollection() {
        ensureHeld();
        loss.close();
        heartbeat.close();
        lock.collection().drop();
    }

    /**
     * Releases the lock if it is still held.
     *
     * <p>What its session still has at work on the server is ended first; the next holder waits for what does not end at
     * once. A lock that cannot be released expires with its lease. Works on an interrupted thread too.
     */
    @Override
    public void close() {
        if (loss.close()) {
            heartbeat.close();
            Uninterrupted.run(this::release);
        }
    }

    private void release() {
        try {
            lock.collection().release(token, loss.isLost() ? null : ownWork.left());
        } catch (MongoException e) {
            log.warn(
                    "Could not release the lock of environment '{}' ({}); it runs out by itself in {} s",
                    lock.environment().name(),
                    e.getMessage(),
                    lock.settings().lease().toSeconds());
        }
    }
}
