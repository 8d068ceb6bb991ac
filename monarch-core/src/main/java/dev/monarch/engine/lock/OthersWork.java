package dev.monarch.engine.lock;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockHeldException;
import dev.monarch.engine.lock.AbandonedSessions.OperationState;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** The operations that the sessions of earlier holders left on the server. */
final class OthersWork {

    private static final Logger log = LoggerFactory.getLogger(OthersWork.class);

    private final MonarchEnvironment environment;

    private final LockSettings settings;

    private final Set<BsonDocument> ended = new HashSet<>();

    OthersWork(MonarchEnvironment environment, LockSettings settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /**
     * Ends the operations, and waits until they have ended. Skips sessions that were ended already.
     *
     * <p>If the server does not show operations, this waits for one lease after it has asked the server to end them.
     *
     * @param sessions the ids of the sessions
     * @param beforeEachQuery called repeatedly while waiting; it may throw
     * @throws LockHeldException if the operations run for longer than the settings allow to wait
     */
    void end(List<BsonDocument> sessions, Runnable beforeEachQuery) {
        List<BsonDocument> left =
                sessions.stream().filter(session -> !ended.contains(session)).toList();
        if (!left.isEmpty()) {
            endAll(left, beforeEachQuery);
            ended.addAll(left);
        }
    }

    private void endAll(List<BsonDocument> sessions, Runnable beforeEachQuery) {
        Deadline deadline = Deadline.in(settings.waitForAbandonedWork());
        AbandonedWork work = new AbandonedWork(environment, sessions, beforeEachQuery);
        OperationState state = work.endOthers(deadline);
        if (state == OperationState.ENDED
                || state == OperationState.HIDDEN && waitForHidden(work.hiddenBecause(), beforeEachQuery)) {
            return;
        }
        throw LockHeldException.byDisconnectedClient(environment.name(), deadline.elapsed());
    }

    private boolean waitForHidden(String reason, Runnable beforeEachPause) {
        log.warn(
                "Environment '{}': Monarch cannot see whether an operation of an earlier run is still running on the"
                        + " server ({}). It has asked the server to end it, and continues in {} s",
                environment.name(),
                reason,
                settings.lease().toSeconds());
        Deadline deadline = Deadline.in(settings.lease());
        while (!deadline.isOver()) {
            beforeEachPause.run();
            if (!Pause.of(settings.retryInterval())) {
                return false;
            }
        }
        return true;
    }
}
