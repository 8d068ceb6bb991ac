package dev.monarch.migration.history;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one entry of the history.
 *
 * @param state the state it is to have
 * @param attempt how often the migration has been started since it last succeeded
 * @param note what the trail is to say beside the state, or null for nothing
 * @param updates what else is to change
 */
public record EntryChange(
        MigrationState state, int attempt, @Nullable String note, List<Bson> updates) {

    private static final int MESSAGE_LENGTH = 2_000;

    private static final int STACK_LENGTH = 8_000;

    /**
     * Creates a change.
     *
     * @param state the state
     * @param attempt the attempts
     * @param note what the trail says
     * @param updates what else changes
     */
    public EntryChange {
        updates = List.copyOf(updates);
    }

    /**
     * The migration starts.
     *
     * @param attempt the number of this attempt, from 1
     * @param session the id of the server session it will run in, or null if the server knows none
     * @param backup the name of the backup that was taken before, or null if none was
     * @return the change
     */
    public static EntryChange running(int attempt, @Nullable BsonDocument session, @Nullable String backup) {
        return new EntryChange(
                MigrationState.RUNNING,
                attempt,
                null,
                List.of(
                        Updates.currentDate("startedAt"),
                        Updates.unset("finishedAt"),
                        Updates.unset("millis"),
                        Updates.unset("error"),
                        Updates.unset("reason"),
                        setOrUnset("backup", backup),
                        setOrUnset("session", session)));
    }

    /**
     * The migration is done.
     *
     * @param attempt the number of this attempt
     * @param took how long it took
     * @param version what its author calls it now
     * @return the change
     */
    public static EntryChange applied(int attempt, Duration took, String version) {
        List<Bson> updates = new ArrayList<>(ended(took));
        updates.addAll(done(version));
        return new EntryChange(MigrationState.APPLIED, attempt, null, updates);
    }

    /**
     * The migration threw.
     *
     * @param attempt the number of this attempt
     * @param took how long it took
     * @param error what it threw
     * @return the change
     */
    public static EntryChange failed(int attempt, Duration took, Throwable error) {
        return ended(MigrationState.FAILED, attempt, took, error);
    }

    /**
     * The migration is about to be taken back; it keeps its place in the order until it is.
     *
     * @param attempt how often it had been started when it was applied
     * @param session the id of the server session it will be done in, or null if the server knows none
     * @return the change
     */
    public static EntryChange rollingBack(int attempt, @Nullable BsonDocument session) {
        return new EntryChange(
                MigrationState.ROLLING_BACK,
                attempt,
                null,
                List.of(Updates.unset("error"), setOrUnset("session", session)));
    }

    /**
     * The migration could not be taken back.
     *
     * @param attempt how often it had been started when it was applied
     * @param took how long it took
     * @param error what its {@code down} threw
     * @return the change
     */
    public static EntryChange rollbackFailed(int attempt, Duration took, Throwable error) {
        return ended(MigrationState.ROLLING_BACK, attempt, took, error);
    }

    /**
     * The migration has been taken back.
     *
     * @param took how long it took
     * @return the change
     */
    public static EntryChange rolledBack(Duration took) {
        List<Bson> updates = new ArrayList<>(ended(took));
        updates.addAll(List.of(
                Updates.unset("error"),
                Updates.unset("reason"),
                Updates.unset("version"),
                Updates.unset("checkpoint"),
                Updates.unset("sequence")));
        return new EntryChange(MigrationState.ROLLED_BACK, 0, null, updates);
    }

    /**
     * A person says how the migration stands.
     *
     * @param state how it stands: APPLIED, IGNORED or PENDING
     * @param attempt how often it has been started
     * @param version what its author calls it now
     * @param reason why the person says so
     * @return the change
     */
    public static EntryChange byHand(MigrationState state, int attempt, String version, String reason) {
        List<Bson> updates = new ArrayList<>(List.of(
                Updates.currentDate("finishedAt"),
                Updates.unset("millis"),
                Updates.unset("error"),
                Updates.set("reason", cut(reason, MESSAGE_LENGTH))));
        updates.addAll(state == MigrationState.PENDING ? List.of(Updates.unset("sequence")) : done(version));
        return new EntryChange(state, attempt, reason, updates);
    }

    /**
     * The same change, of a run whose session has nothing at work on the server any more.
     *
     * @return the change, after which no later run looks for that session
     */
    public EntryChange withNothingAtWork() {
        List<Bson> all = new ArrayList<>(updates);
        all.add(Updates.unset("session"));
        return new EntryChange(state, attempt, note, all);
    }

    private static EntryChange ended(MigrationState state, int attempt, Duration took, Throwable error) {
        List<Bson> updates = new ArrayList<>(ended(took));
        updates.add(Updates.set("error", describe(error)));
        return new EntryChange(state, attempt, String.valueOf(error), updates);
    }

    private static List<Bson> ended(Duration took) {
        return List.of(Updates.currentDate("finishedAt"), Updates.set("millis", new BsonInt64(took.toMillis())));
    }

    private static List<Bson> done(String version) {
        return List.of(
                Updates.unset("checkpoint"),
                version.isEmpty() ? Updates.unset("version") : Updates.set("version", version));
    }

    /** Tells whether the migration counts as done from now on, and so gets its place in the order. */
    boolean isDone() {
        return state == MigrationState.APPLIED || state == MigrationState.IGNORED;
    }

    /** What the trail calls the note: a person's reason, or what a migration threw. */
    String noteName() {
        return isDone() || state == MigrationState.PENDING ? "reason" : "error";
    }

    private static Bson setOrUnset(String name, @Nullable Object value) {
        return value != null ? Updates.set(name, value) : Updates.unset(name);
    }

    private static BsonDocument describe(Throwable error) {
        StringWriter stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack, true));
        return new BsonDocument("type", new BsonString(error.getClass().getName()))
                .append("message", new BsonString(cut(String.valueOf(error.getMessage()), MESSAGE_LENGTH)))
                .append("stack", new BsonString(cut(stack.toString(), STACK_LENGTH)));
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
