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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.engine.lock.AbandonedSessions.Sight;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The lock of one environment.
 *
 * <p>The document is shown at {@code LockDocument}. A holder is judged by the server's clock where the server can, else
 * by watching its heartbeat; no client's wall clock decides anything. Safe for use by several threads.
 */
public final class EnvironmentLock {

    private static final Logger log = LoggerFactory.getLogger(EnvironmentLock.class);

    /** The collection that holds the lock; it never travels with data and is never listed as such. */
    public static final String COLLECTION = LockCollection.NAME;

    private final MonarchEnvironment environment;

    private final LockSettings settings;

    private final LockCollection collection;

    /**
     * Creates the lock of an environment; this opens the environment's connection but writes nothing.
     *
     * @param environment the environment
     * @param settings how long it lasts and how long to wait for it
     */
    public EnvironmentLock(MonarchEnvironment environment, LockSettings settings) {
        this.environment = environment;
        this.settings = settings;
        this.collection = new LockCollection(environment);
    }

    /**
     * Acquires the lock, waiting for it if somebody else holds it.
     *
     * <p>A lock whose holder went silent for longer than its lease is taken over; what its session still has at work on the
     * server is ended first, and waited for.
     *
     * @param purpose what the lock is wanted for, in a word or two
     * @param session the id of the server session that will do the work, or null if the server knows none
     * @param listener told what a person may want to know meanwhile
     * @return the lock
     * @throws LockHeldException if somebody else held it for as long as the settings allow to wait, or the thread was
     *     interrupted while waiting
     */
    public HeldLock acquire(String purpose, @Nullable BsonDocument session, Consumer<LockEvent> listener) {
        return acquire(purpose, session, null, listener);
    }

    /**
     * Acquires the lock as {@link #acquire(String, BsonDocument, Consumer)} does, for a holder whose transactions touch it.
     *
     * @param purpose what the lock is wanted for, in a word or two
     * @param session the id of the server session that will do the work, or null if the server knows none
     * @param history the id of the server session whose transactions will touch the lock, or null if there will be none
     * @param listener told what a person may want to know meanwhile
     * @return the lock
     * @throws LockHeldException if somebody else held it for as long as the settings allow to wait, or the thread was
     *     interrupted while waiting
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
                        ? LockHeldException.byWorkOfADisconnectedClient(environment.name(), deadline.elapsed())
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
                listener.accept(new LockEvent.EndingAbandoned(abandoned.size()));
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
     * Ends what the sessions of others have left at work, and waits for it.
     *
     * <p>A server that does not show its operations has been asked to end them; the only other thing that helps is time.
     */
    void endAbandoned(HeldLock held, List<BsonDocument> sessions) {
        Deadline deadline = Deadline.in(settings.waitForAbandonedWork());
        AbandonedWork work = new AbandonedWork(environment, sessions, held::ensureHeld);
        Sight sight = work.endOthers(deadline);
        if (sight == Sight.ENDED || sight == Sight.HIDDEN && waitForWhatIsHidden(held, work.hiddenBecause())) {
            return;
        }
        throw LockHeldException.byWorkOfADisconnectedClient(environment.name(), deadline.elapsed());
    }

    private boolean waitForWhatIsHidden(HeldLock held, String reason) {
        log.warn(
                "Environment '{}': Monarch cannot see whether an operation of an earlier run is still at work on the"
                        + " server ({}). It asked the server to end it, waits {} s and goes on then",
                environment.name(),
                reason,
                settings.lease().toSeconds());
        Deadline deadline = Deadline.in(settings.lease());
        while (!deadline.isOver()) {
            held.ensureHeld();
            if (!Pause.of(settings.retryInterval())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Asks the server to end one session, without waiting for it.
     *
     * @param session the session's id
     */
    public void kill(BsonDocument session) {
        new AbandonedSessions(environment, List.of(session)).kill();
    }

    /** Ends a session of the holder's own; if the server refuses that, the session's next transaction ends the open one. */
    void end(ClientSession session) {
        List<BsonDocument> id = List.of(session.getServerSession().getIdentifier());
        new AbandonedSessions(environment, id).kill(refusal -> collection.supersede(session));
    }

    /**
     * Tells who holds the lock; one round trip.
     *
     * @return its holder, whose lease may have run out, or nothing if it is free
     */
    public Optional<LockHolder> holder() {
        return collection.current().filter(document -> !document.isFree()).map(LockDocument::holder);
    }

    /**
     * Tells who holds the lock and is alive; two round trips.
     *
     * @return its holder if its lease has not expired, or if the server's clock cannot judge; nothing if the lock is free
     */
    public Optional<LockHolder> livingHolder() {
        return collection.living(settings.skew()).map(LockDocument::holder);
    }

    /**
     * Takes the lock away from whoever holds it, and leaves it free.
     *
     * <p>A holder that is alive notices at its next heartbeat, at the latest, and stops; what it has at work on the
     * server is ended by whoever acquires the lock next. Nothing happens if the lock is free.
     *
     * @return who held it, or nothing if it was free
     */
    public Optional<LockHolder> breakOpen() {
        return collection.breakOpen(settings.skew()).map(LockDocument::holder);
    }

    private LockHeldException held(LockHolder holder, Deadline deadline) {
        return new LockHeldException(
                environment.name(), holder.purpose(), holder.host(), holder.since(), deadline.elapsed());
    }

    /** Ten contenders that start together should not ask together for ever. */
    private static Duration jittered(Duration pause) {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(75, 126)).dividedBy(100);
    }

    MonarchEnvironment environment() {
        return environment;
    }

    LockSettings settings() {
        return settings;
    }

    LockCollection collection() {
        return collection;
    }
}
