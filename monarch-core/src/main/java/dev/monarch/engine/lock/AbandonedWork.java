package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.bson.BsonDocument;

import dev.monarch.engine.lock.AbandonedSessions.OperationState;
import dev.monarch.environment.MonarchEnvironment;

/** Ends the operations that sessions left on the server, and waits until they have ended. */
final class AbandonedWork {

    /** The pause between two queries. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** After this number of unanswered queries in a row, a holder stops waiting for its own session. */
    private static final int MAX_UNANSWERED = 3;

    private final AbandonedSessions sessions;

    private final Runnable beforeEachQuery;

    AbandonedWork(MonarchEnvironment environment, List<BsonDocument> sessions, Runnable beforeEachQuery) {
        this.sessions = new AbandonedSessions(environment, sessions);
        this.beforeEachQuery = beforeEachQuery;
    }

    /**
     * Ends the operations of other clients, index builds included.
     *
     * @return what is known at the end; {@link OperationState#RUNNING} if the time was too short or the thread was
     *     interrupted
     */
    OperationState endOthers(Deadline deadline) {
        return end(sessions::operationsAndIndexBuilds, deadline, Integer.MAX_VALUE);
    }

    /** {@return the server's message that says why it does not show operations} */
    String hiddenBecause() {
        return sessions.hiddenBecause();
    }

    /** Ends the operations of the caller's own session. Sends {@code killSessions} only if one is running. */
    OperationState endOwn(Deadline deadline) {
        OperationState state = sessions.operations();
        return state == OperationState.ENDED ? state : end(sessions::operations, deadline, MAX_UNANSWERED);
    }

    private OperationState end(Supplier<OperationState> query, Deadline deadline, int maxUnanswered) {
        boolean killed = sessions.kill();
        int unanswered = 0;
        while (true) {
            OperationState state = query.get();
            if (state == OperationState.ENDED || state == OperationState.HIDDEN) {
                return state;
            }
            unanswered = state == OperationState.UNREACHABLE ? unanswered + 1 : 0;
            beforeEachQuery.run();
            if (unanswered >= maxUnanswered || deadline.isOver() || !Pause.of(PAUSE)) {
                return OperationState.RUNNING;
            }
            killed = killed || sessions.kill();
        }
    }
}
