package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.LockHeldException;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The lock of one environment, or of one operation in it.
 *
 * <p>{@code LockDocument} shows the stored document. If the server can, it judges the lease of a holder by its own
 * clock. Otherwise a contender observes the heartbeat. No client's wall clock decides anything.
 *
 * <p>Safe for use by several threads.
 */
public final class EnvironmentLock {

    /** The collection that holds the lock. It is never copied, backed up or listed as data. */
    public static final String COLLECTION = LockCollection.NAME;

    private final MonarchEnvironment environment;

    private final LockSettings settings;

    private final LockKey key;

    private final LockCollection collection;

    /**
     * Creates the lock of an environment. This opens the environment's connection but writes nothing.
     *
     * @param environment the environment
     * @param settings how long the lease lasts, and how long to wait for the lock
     */
    public EnvironmentLock(MonarchEnvironment environment, LockSettings settings) {
        this(environment, settings, LockKey.ENVIRONMENT);
    }

    private EnvironmentLock(MonarchEnvironment environment, LockSettings settings, LockKey key) {
        this.environment = environment;
        this.settings = settings;
        this.key = key;
        this.collection = new LockCollection(environment, key);
    }

    /**
     * Creates another lock in the same environment, which neither waits for the environment's lock nor for any other.
     *
     * @param environment the environment
     * @param settings how long the lease lasts, and how long to wait for the lock
     * @param name the name of the lock
     * @return the lock
     */
    public static EnvironmentLock named(MonarchEnvironment environment, LockSettings settings, String name) {
        return new EnvironmentLock(environment, settings, new LockKey(name));
    }

    /**
     * Acquires the lock, and waits while another process holds it.
     *
     * <p>If the holder has been silent for longer than its lease, its lock is taken over. Operations that its session
     * left on the server are ended first.
     *
     * @param purpose what the lock is for, in one or two words
     * @param session the id of the server session that will do the work, or null if the server has no sessions
     * @param listener receives events about waiting and about a takeover
     * @return the lock
     * @throws LockHeldException if another process held the lock for longer than the settings allow to wait, or the
     *     thread was interrupted while waiting
     */
    public HeldLock acquire(String purpose, @Nullable BsonDocument session, Consumer<LockEvent> listener) {
        return acquire(purpose, session, null, listener);
    }

    /**
     * Acquires the lock as {@link #acquire(String, BsonDocument, Consumer)} does, for a holder whose transactions touch
     * it.
     *
     * @param purpose what the lock is for, in one or two words
     * @param session the id of the server session that will do the work, or null if the server has no sessions
     * @param history the id of the server session whose transactions will touch the lock, or null if there will be none
     * @param listener receives events while the caller waits
     * @return the lock
     * @throws LockHeldException if another process held the lock for longer than the settings allow to wait, or the
     *     thread was interrupted while waiting
     */
    public HeldLock acquire(
            String purpose,
            @Nullable BsonDocument session,
            @Nullable BsonDocument history,
            Consumer<LockEvent> listener) {
        LockRequest request = new LockRequest(
                UUID.randomUUID().toString(),
                purpose,
                ProcessName.get(),
                settings.lease(),
                settings.skew(),
                new LockSessions(session, history));
        LockStore store = collection.storeForOneWait();
        Deadline deadline = Deadline.in(settings.waitAtMost());
        LockHolder announced = null;
        while (true) {
            LockStore.Attempt attempt = store.tryAcquire(request);
            LockDocument document = attempt.document();
            if (document.isHeldBy(request.token())) {
                return hold(attempt, request, listener);
            }
            LockHolder holder = document.holder();
            if (!document.isFree() && !holder.equals(announced)) {
                announced = holder;
                listener.accept(new LockEvent.Waiting(holder, deadline.remaining()));
            }
            if (deadline.isOver() || !Pause.of(jittered(settings.retryInterval()))) {
                throw document.isFree()
                        ? LockHeldException.byDisconnectedClient(environment.name(), deadline.elapsed())
                        : held(holder, deadline);
            }
        }
    }

    private HeldLock hold(LockStore.Attempt won, LockRequest request, Consumer<LockEvent> listener) {
        LockDocument document = won.document();
        HeldLock held = new HeldLock(this, request, document.holder(), won.sentAt());
        held.start();
        try {
            document.formerHolder().map(LockEvent.TakenOver::new).ifPresent(listener);
            List<BsonDocument> abandoned = document.abandonedSessions();
            if (!abandoned.isEmpty()) {
                listener.accept(new LockEvent.AbandonedOperations(abandoned.size()));
                held.endAbandoned(abandoned);
                collection.forgetAbandoned(held.token());
            }
            return held;
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    /**
     * Asks the server to end one session. Does not wait until it has ended.
     *
     * @param session the session's id
     */
    public void kill(BsonDocument session) {
        new AbandonedSessions(environment, List.of(session)).kill();
    }

    /**
     * Ends one of the holder's own sessions. If the server refuses that, starts another transaction, which ends the
     * open one.
     */
    void end(ClientSession session) {
        List<BsonDocument> id = List.of(session.getServerSession().getIdentifier());
        new AbandonedSessions(environment, id).kill(refusal -> collection.supersede(session));
    }

    /**
     * Returns who holds the lock; one round trip.
     *
     * @return the holder, whose lease may have expired, or nothing if the lock is free
     */
    public Optional<LockHolder> holder() {
        return collection.current().filter(document -> !document.isFree()).map(LockDocument::holder);
    }

    /**
     * Returns who holds the lock and is alive; two round trips.
     *
     * @return the holder if its lease has not expired, or if the server's clock cannot judge it; nothing if the lock
     *     is free
     */
    public Optional<LockHolder> liveHolder() {
        return collection.live(settings.skew()).map(LockDocument::holder);
    }

    /**
     * Takes the lock away from its holder, and leaves it free.
     *
     * <p>A live holder detects this at its next heartbeat at the latest, and stops. The next holder of the lock
     * ends the operations that it left. If the lock is free, nothing happens.
     *
     * @return the former holder, or nothing if the lock was free
     */
    public Optional<LockHolder> forceUnlock() {
        return collection.forceUnlock(settings.skew()).map(LockDocument::holder);
    }

    private LockHeldException held(LockHolder holder, Deadline deadline) {
        return new LockHeldException(
                environment.name(), holder.purpose(), holder.host(), holder.since(), deadline.elapsed());
    }

    /** Spreads the attempts of contenders that started at the same time. */
    private static Duration jittered(Duration pause) {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(75, 126)).dividedBy(100);
    }

    MonarchEnvironment environment() {
        return environment;
    }

    LockSettings settings() {
        return settings;
    }

    LockKey key() {
        return key;
    }

    LockCollection collection() {
        return collection;
    }
}
