package dev.monarch.engine.history;

import java.time.Duration;

import com.mongodb.client.ClientSession;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * One call of a migration's own code, whose start and end the history records.
 *
 * <p>Each method that writes throws {@link dev.monarch.LockLostException} if the lock is lost, and {@link
 * dev.monarch.HistoryWriteException} if the history could not be written. For use by one thread.
 */
public abstract sealed class Attempt permits UpAttempt, DownAttempt {

    private final FencedHistory history;

    private final String id;

    private long started = System.nanoTime();

    Attempt(FencedHistory history, String id) {
        this.history = history;
        this.id = id;
    }

    /**
     * Records that the migration's code is about to run.
     *
     * @param session the id of the server session it will run in, or null if the server has no sessions
     */
    public final void start(@Nullable BsonDocument session) {
        history.write(id, started(session));
        started = System.nanoTime();
    }

    /** Records that the migration's code returned. */
    public final void succeed() {
        history.write(id, succeeded(elapsed()));
    }

    /**
     * Records that the migration's code returned, as the last write of the migration's transaction.
     *
     * @param session the session with that transaction; if this throws, the caller must abort it
     */
    public final void succeedIn(ClientSession session) {
        history.writeIn(session, id, succeeded(elapsed()));
    }

    /**
     * Records that the migration's code threw.
     *
     * @param error what it threw
     * @param ended whether its session is known to have no operations on the server
     */
    public final void fail(Throwable error, boolean ended) {
        write(failed(elapsed(), error), ended);
    }

    /**
     * Records that this process interrupted the migration's code, and that manual intervention is required.
     *
     * @param error what it threw
     * @param ended whether its session is known to have no operations on the server
     */
    public final void interrupt(Throwable error, boolean ended) {
        write(interrupted(elapsed(), error), ended);
    }

    private void write(EntryChange change, boolean ended) {
        history.write(id, ended ? change.withoutSession() : change);
    }

    /**
     * {@return the time since the start, or since the attempt was created if it has not started}
     */
    public final Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    abstract EntryChange started(@Nullable BsonDocument session);

    abstract EntryChange succeeded(Duration elapsed);

    abstract EntryChange failed(Duration elapsed, Throwable error);

    abstract EntryChange interrupted(Duration elapsed, Throwable error);
}
