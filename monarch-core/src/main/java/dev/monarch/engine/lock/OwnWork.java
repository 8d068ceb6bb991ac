package dev.monarch.engine.lock;

import java.util.List;

import com.mongodb.MongoInterruptedException;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.lock.AbandonedSessions.Sight;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** What the session of a lock's holder has at work on the server, such as an update whose client gave up waiting. */
final class OwnWork {

    private final MonarchEnvironment environment;

    private final LockSettings settings;

    private final @Nullable BsonDocument session;

    /** What was last seen; a run that has all its answers does not look. */
    private volatile Sight seen = Sight.ENDED;

    OwnWork(MonarchEnvironment environment, LockSettings settings, @Nullable BsonDocument session) {
        this.environment = environment;
        this.settings = settings;
        this.session = session;
    }

    /**
     * Ends the work and waits for it. An interrupted thread does not wait.
     *
     * @param beforeEachLook called again and again while waiting; it may throw
     * @return true if nothing is at work any more; false if that is not known, or the work did not end in time
     */
    boolean end(Runnable beforeEachLook) {
        if (session != null) {
            end(session, beforeEachLook);
        }
        return seen == Sight.ENDED;
    }

    private void end(BsonDocument own, Runnable beforeEachLook) {
        if (!Thread.currentThread().isInterrupted()) {
            try {
                seen = new AbandonedWork(environment, List.of(own), beforeEachLook)
                        .endOwn(Deadline.in(settings.waitForAbandonedWork()));
                return;
            } catch (MongoInterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Uninterrupted.run(() -> seen = endAtOnce(own));
    }

    /** Ends the work in a moment, and returns the session if it may still be at work: the next holder waits for it. */
    @Nullable
    BsonDocument left() {
        if (session == null) {
            return null;
        }
        Sight now = endAtOnce(session);
        // Where nothing is shown, a run that ended well left nothing: it has had all its answers.
        boolean ended = now == Sight.ENDED || now == Sight.HIDDEN && seen == Sight.ENDED;
        return ended ? null : session;
    }

    private Sight endAtOnce(BsonDocument own) {
        return new AbandonedWork(environment, List.of(own), () -> {}).endOwn(Deadline.in(settings.retryInterval()));
    }
}
