package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.bson.BsonDocument;

import dev.monarch.engine.lock.AbandonedSessions.Sight;
import dev.monarch.environment.MonarchEnvironment;

/** Ends what sessions have left at work on the server, and waits until it has ended. */
final class AbandonedWork {

    /** How long to leave the server alone between two looks. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    /** How often in a row the server may not answer before the holder of a lock gives up asking about itself. */
    private static final int UNANSWERED = 3;

    private final AbandonedSessions sessions;

    private final Runnable beforeEachLook;

    AbandonedWork(MonarchEnvironment environment, List<BsonDocument> sessions, Runnable beforeEachLook) {
        this.sessions = new AbandonedSessions(environment, sessions);
        this.beforeEachLook = beforeEachLook;
    }

    /**
     * Ends what others have left, index builds included.
     *
     * @return what is known at the end; {@link Sight#AT_WORK} if the time did not suffice or the thread was interrupted
     */
    Sight endOthers(Deadline deadline) {
        return end(sessions::operationsAndIndexBuilds, deadline, Integer.MAX_VALUE);
    }

    /** Returns why the server does not show what is at work, in its own words. */
    String hiddenBecause() {
        return sessions.hiddenBecause();
    }

    /** Ends what the caller's own session has left; as {@link #endOthers}, but the server is only bothered if need be. */
    Sight endOwn(Deadline deadline) {
        Sight sight = sessions.operations();
        return sight == Sight.ENDED ? sight : end(sessions::operations, deadline, UNANSWERED);
    }

    private Sight end(Supplier<Sight> look, Deadline deadline, int unansweredAtMost) {
        boolean killed = sessions.kill();
        int unanswered = 0;
        while (true) {
            Sight sight = look.get();
            if (sight == Sight.ENDED || sight == Sight.HIDDEN) {
                return sight;
            }
            unanswered = sight == Sight.UNREACHABLE ? unanswered + 1 : 0;
            beforeEachLook.run();
            if (unanswered >= unansweredAtMost || deadline.isOver() || !Pause.of(BETWEEN_LOOKS)) {
                return Sight.AT_WORK;
            }
            killed = killed || sessions.kill();
        }
    }
}
