package dev.monarch.engine.lock;

import java.time.Instant;
import java.util.List;
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
 * A lock that this process holds until it is closed or lost.
 *
 * <p>A heartbeat renews it in the background. Once the lock is lost it stays lost: {@link #ensureHeld()} throws from
 * then on. Safe for use by several threads.
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

    private final LockLoss loss;

    private final OwnWork ownWork;

    private final OthersWork othersWork;

    HeldLock(EnvironmentLock lock, LockRequest request, LockHolder holder, long acquiredAt) {
        this.lock = lock;
        this.token = request.token();
        this.fence = holder.fence();
        this.since = holder.since();
        this.acquiredAt = acquiredAt;
        this.loss = new LockLoss(lock.environment().name());
        this.ownWork = new OwnWork(
                lock.environment(), lock.settings(), request.sessions().work());
        this.othersWork = new OthersWork(lock.environment(), lock.settings());
        this.heartbeat = new Heartbeat(lock.collection(), token, lock.settings(), acquiredAt, this::lose);
    }

    void start() {
        heartbeat.start();
    }

    /** {@return the token of this acquisition; no other acquisition has the same} */
    public String token() {
        return token;
    }

    /**
     * {@return the number of this acquisition; it is greater than that of every earlier acquisition of the same lock}
     */
    public long fence() {
        return fence;
    }

    /**
     * Returns the server's time without asking the server: the time of the acquisition plus what this machine's
     * monotonic clock has counted since.
     *
     * @return the time, late by at most one round trip
     */
    public Instant serverTime() {
        return since.plusNanos(System.nanoTime() - acquiredAt);
    }

    /**
     * Tells whether another environment has the same database as the locked one, even if their addresses differ.
     *
     * @param other the other environment; its primary is asked
     * @return true if this acquisition is visible there
     */
    public boolean isSeenIn(MonarchEnvironment other) {
        return other.ownDatabase()
                        .getCollection(LockCollection.NAME)
                        .find(lock.key().filter(token))
                        .first()
                != null;
    }

    /**
     * Throws if the lock is lost, as far as this process knows without asking the server.
     *
     * @throws LockLostException if it is lost
     */
    public void ensureHeld() {
        if (heartbeat.isLeaseOver()) {
            lose("its lease expired before it could be renewed");
        }
        loss.requireNone();
    }

    /**
     * Registers a listener that is called once when the lock is lost. If it is lost already, the listener is called
     * immediately. The thread that detects the loss calls it.
     *
     * @param listener the listener; it replaces an earlier one
     */
    public void onLost(Consumer<LockLostException> listener) {
        loss.onLost(listener);
    }

    /**
     * Checks and changes the lock document inside the caller's transaction, so that the transaction and a takeover
     * exclude each other.
     *
     * <p>Call it last in a transaction that does other work. Otherwise the heartbeat conflicts with the transaction.
     *
     * @param session a session with an active transaction
     * @throws LockLostException if this process no longer holds the lock; the caller must then abort the transaction
     */
    public void touch(ClientSession session) {
        if (!lock.collection().touch(session, token, fence)) {
            throw lose("another run has acquired it, or the lock document is gone");
        }
    }

    /**
     * Ends a session on the server, and with it a transaction whose outcome is unknown.
     *
     * @param ended the session whose transaction failed
     */
    public void end(ClientSession ended) {
        Uninterrupted.run(() -> lock.end(ended));
    }

    /**
     * Claims the right to write for this acquisition, inside a transaction of the caller that also {@link #touch
     * touches} the lock.
     *
     * @param session a session with an active transaction
     */
    public void claimWrites(ClientSession session) {
        lock.collection().claim(session, token, fence);
    }

    /**
     * Checks and changes the claim inside the caller's transaction, so that the transaction and the next holder's
     * claim exclude each other, however long the transaction has lasted.
     *
     * @param session a session with an active transaction
     * @throws LockLostException if another acquisition has claimed the right; the caller must then abort the
     *     transaction
     */
    public void touchClaim(ClientSession session) {
        ensureHeld();
        if (!lock.collection().touchClaim(session, token)) {
            throw lose("another run has acquired it");
        }
    }

    /**
     * Ends server sessions that a dead client left, and waits until their operations have ended.
     *
     * <p>If the server does not show operations, this waits for the duration of one lease. It skips sessions that
     * this acquisition has ended already.
     *
     * @param sessions the ids of the sessions
     * @throws LockLostException if the lock is lost meanwhile
     * @throws dev.monarch.LockHeldException if their operations run for longer than the settings allow to wait
     */
    public void endAbandoned(List<BsonDocument> sessions) {
        othersWork.end(sessions, this::ensureHeld);
    }

    /**
     * Ends the operations that this acquisition's own session still has on the server, and waits until they have
     * ended. An example is an update whose client did not wait for the answer.
     *
     * <p>If none is running, nothing happens. An interrupted thread does not wait; the next holder of the lock waits
     * for the rest.
     *
     * @return true if no operation is running; false if that is unknown, or one did not end in time
     * @throws LockLostException if the lock is lost meanwhile
     */
    public boolean endOwnWork() {
        return ownWork.end(this::ensureHeld);
    }

    /**
     * Records that the lock is lost.
     *
     * @param reason how it was noticed, as a clause without a full stop
     * @return the exception to throw, the same one for every caller
     */
    public LockLostException lose(String reason) {
        return loss.lose(reason);
    }

    /**
     * Drops the collection of the lock instead of releasing the lock, after everything else in the database is gone.
     *
     * @throws LockLostException if the lock is lost; the collection then belongs to another holder
     */
    public void dropCollection() {
        ensureHeld();
        loss.close();
        heartbeat.close();
        lock.collection().drop();
    }

    /**
     * Releases the lock if this process still holds it.
     *
     * <p>Operations of its session are ended first. The next holder waits for those that do not end immediately. If
     * the lock cannot be released, it expires with its lease. Works on an interrupted thread, too.
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
                    "Could not release the lock of environment '{}' ({}); it expires in {} s",
                    lock.environment().name(),
                    e.getMessage(),
                    lock.settings().lease().toSeconds());
        }
    }
}
