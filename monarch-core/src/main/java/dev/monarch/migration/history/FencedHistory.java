package dev.monarch.migration.history;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.HistoryWriteException;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.ProcessName;
import dev.monarch.lock.Uninterrupted;

/**
 * The history while a run holds the lock.
 *
 * <p>Each write is atomic and fenced, and is made even on an interrupted thread. For use by one thread.
 */
public final class FencedHistory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FencedHistory.class);

    private static final int TRAIL_LENGTH = 20;

    private static final int MESSAGE_LENGTH = 2_000;

    private static final int STACK_LENGTH = 8_000;

    private final String environment;

    private final String scope;

    private final Fence fence;

    private final HeldLock lock;

    FencedHistory(String environment, String scope, Fence fence, HeldLock lock) {
        this.environment = environment;
        this.scope = scope;
        this.fence = fence;
        this.lock = lock;
    }

    /**
     * Says that a migration starts.
     *
     * @param id the migration
     * @param attempt the number of this attempt, from 1
     * @param session the id of the server session it will run in, or null if the server knows none
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if it could not be written
     */
    public void running(String id, int attempt, @Nullable BsonDocument session) {
        List<Bson> updates = new ArrayList<>();
        updates.add(Updates.currentDate("startedAt"));
        updates.add(Updates.unset("finishedAt"));
        updates.add(Updates.unset("millis"));
        updates.add(Updates.unset("error"));
        updates.add(session != null ? Updates.set("session", session) : Updates.unset("session"));
        write(id, MigrationState.RUNNING, attempt, null, updates);
    }

    /**
     * Says that a migration is done.
     *
     * @param id the migration
     * @param attempt the number of this attempt
     * @param took how long it took
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if it could not be written
     */
    public void applied(String id, int attempt, Duration took) {
        write(id, MigrationState.APPLIED, attempt, null, ended(took));
    }

    /**
     * Says that a migration threw.
     *
     * @param id the migration
     * @param attempt the number of this attempt
     * @param took how long it took
     * @param error what it threw
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if it could not be written
     */
    public void failed(String id, int attempt, Duration took, Throwable error) {
        List<Bson> updates = ended(took);
        updates.add(Updates.set("error", describe(error)));
        write(id, MigrationState.FAILED, attempt, String.valueOf(error), updates);
    }

    private static List<Bson> ended(Duration took) {
        return new ArrayList<>(
                List.of(Updates.currentDate("finishedAt"), Updates.set("millis", new BsonInt64(took.toMillis()))));
    }

    private void write(String id, MigrationState state, int attempt, @Nullable String error, List<Bson> updates) {
        updates.add(Updates.set("state", state.name()));
        updates.add(Updates.set("attempts", attempt));
        updates.add(Updates.set("fence", lock.fence()));
        updates.add(Updates.set("host", ProcessName.get()));
        updates.add(Updates.pushEach(
                "trail", List.of(step(state, attempt, error)), new PushOptions().slice(-TRAIL_LENGTH)));
        try {
            Uninterrupted.run(() -> fence.write(HistoryDocument.key(scope, id), Updates.combine(updates)));
        } catch (MongoException e) {
            throw new HistoryWriteException(environment, id, state.name(), e);
        }
    }

    private BsonDocument step(MigrationState state, int attempt, @Nullable String error) {
        BsonDocument step = new BsonDocument("state", new BsonString(state.name()))
                .append("attempt", new BsonInt32(attempt))
                .append("fence", new BsonInt64(lock.fence()))
                .append("host", new BsonString(ProcessName.get()))
                .append("at", new BsonDateTime(InstantSource.system().millis()));
        return error == null ? step : step.append("error", new BsonString(cut(error, MESSAGE_LENGTH)));
    }

    private static BsonDocument describe(Throwable error) {
        StringWriter stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack, true));
        return new BsonDocument("type", new BsonString(error.getClass().getName()))
                .append("message", new BsonString(cut(String.valueOf(error.getMessage()), MESSAGE_LENGTH)))
                .append("stack", new BsonString(cut(stack.toString(), STACK_LENGTH)));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /** Removes what was only announced; the next run does it if this one cannot. */
    @Override
    public void close() {
        try {
            Uninterrupted.run(fence::cleanUp);
        } catch (MongoException e) {
            log.debug("Left announced entries behind", e);
        }
    }
}
