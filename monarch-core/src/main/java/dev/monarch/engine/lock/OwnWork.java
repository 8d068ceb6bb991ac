package dev.monarch.engine.lock;

import java.util.List;

import com.mongodb.MongoInterruptedException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.lock.AbandonedSessions.OperationState;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** The operations of the session of a lock's holder, such as an update whose client stopped waiting. */
final class OwnWork {

    private final MonarchEnvironment environment;

    private final LockSettings settings;

    private final @Nullable BsonDocument session;

    /** The last known state. A run that received all its answers does not query it. */
    private volatile OperationState last = OperationState.ENDED;

    OwnWork(MonarchEnvironment environment, LockSettings settings, @Nullable BsonDocument session) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Ends the operations, and waits until they have ended. An interrupted thread does not wait.
     *
     * @param beforeEachQuery called repeatedly while waiting; it may throw
     * @return true if no operation is running; false if that is unknown, or one did not end in time
     */
    boolean end(Runnable beforeEachQuery) {
        if (session != null) {
            end(session, beforeEachQuery);
        }
        return last == OperationState.ENDED;
    }

    private void end(BsonDocument own, Runnable beforeEachQuery) {
        if (!Thread.currentThread().isInterrupted()) {
            try {
                last = new AbandonedWork(environment, List.of(own), beforeEachQuery)
                        .endOwn(Deadline.in(settings.waitForAbandonedWork()));
                return;
            } catch (MongoInterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Uninterrupted.run(() -> last = endBriefly(own));
    }

    /**
     * Ends the operations, and waits only briefly. Returns the session if one may still run: the next holder waits for
     * it.
     */
    @Nullable
    BsonDocument left() {
        if (session == null) {
            return null;
        }
        OperationState now = endBriefly(session);
        // If the server shows no operations, a run that ended normally left none: it received all its answers.
        boolean ended = now == OperationState.ENDED || now == OperationState.HIDDEN && last == OperationState.ENDED;
        return ended ? null : session;
    }

    private OperationState endBriefly(BsonDocument own) {
        return new AbandonedWork(environment, List.of(own), () -> {}).endOwn(Deadline.in(settings.retryInterval()));
    }
}
