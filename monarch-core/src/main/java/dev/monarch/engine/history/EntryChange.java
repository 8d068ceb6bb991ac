package dev.monarch.engine.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Scrubbed;

/**
 * A change of one entry of the history.
 *
 * @param state the new state
 * @param attempt how often the migration has been started since it last succeeded
 * @param note a note for the trail, or null if there is none
 * @param origin what causes the change
 * @param updates the other changes
 */
record EntryChange(
        MigrationState state, int attempt, @Nullable String note, Origin origin, List<Bson> updates) {

    /** What causes a change. */
    enum Origin {
        RUN,
        MANUAL,
        IMPORT
    }

    private static final int MESSAGE_LENGTH = 2_000;

    private static final int STACK_LENGTH = 8_000;

    private static final Set<MigrationState> DONE = Set.of(MigrationState.APPLIED, MigrationState.IGNORED);

    EntryChange {
        updates = List.copyOf(updates);
    }

    static EntryChange running(int attempt, @Nullable BsonDocument session, @Nullable String backup) {
        return new EntryChange(
                MigrationState.RUNNING,
                attempt,
                null,
                Origin.RUN,
                List.of(
                        Updates.currentDate(HistoryDocument.STARTED_AT),
                        Updates.unset(HistoryDocument.FINISHED_AT),
                        Updates.unset(HistoryDocument.MILLIS),
                        Updates.unset(HistoryDocument.ERROR),
                        Updates.unset(HistoryDocument.REASON),
                        setOrUnset(HistoryDocument.BACKUP, backup),
                        setOrUnset(HistoryDocument.SESSION, session)));
    }

    static EntryChange applied(int attempt, Duration elapsed, String version) {
        List<Bson> updates = new ArrayList<>(ended(elapsed));
        updates.addAll(done(version));
        return new EntryChange(MigrationState.APPLIED, attempt, null, Origin.RUN, updates);
    }

    static EntryChange failed(int attempt, Duration elapsed, Throwable error) {
        return ended(MigrationState.FAILED, attempt, elapsed, error);
    }

    static EntryChange interrupted(int attempt, Duration elapsed, Throwable error) {
        return ended(MigrationState.INTERRUPTED, attempt, elapsed, error);
    }

    /** A migration keeps its position in the order until it is rolled back. */
    static EntryChange rollingBack(int attempt, @Nullable BsonDocument session) {
        return new EntryChange(
                MigrationState.ROLLING_BACK,
                attempt,
                null,
                Origin.RUN,
                List.of(Updates.unset(HistoryDocument.ERROR), setOrUnset(HistoryDocument.SESSION, session)));
    }

    static EntryChange rollbackFailed(int attempt, Duration elapsed, Throwable error) {
        return ended(MigrationState.ROLLING_BACK, attempt, elapsed, error);
    }

    static EntryChange rolledBack(Duration elapsed) {
        List<Bson> updates = new ArrayList<>(ended(elapsed));
        updates.addAll(List.of(
                Updates.unset(HistoryDocument.ERROR),
                Updates.unset(HistoryDocument.REASON),
                Updates.unset(HistoryDocument.VERSION),
                Updates.unset(HistoryDocument.CHECKPOINT),
                Updates.unset(HistoryDocument.SEQUENCE)));
        return new EntryChange(MigrationState.ROLLED_BACK, 0, null, Origin.RUN, updates);
    }

    /** Sets the state manually, and resets the number of attempts. */
    static EntryChange manual(MigrationState state, String version, String reason) {
        List<Bson> updates = new ArrayList<>(List.of(
                Updates.currentDate(HistoryDocument.FINISHED_AT),
                Updates.unset(HistoryDocument.MILLIS),
                Updates.unset(HistoryDocument.ERROR),
                Updates.set(HistoryDocument.REASON, cut(reason, MESSAGE_LENGTH))));
        updates.addAll(
                state == MigrationState.PENDING ? List.of(Updates.unset(HistoryDocument.SEQUENCE)) : done(version));
        return new EntryChange(state, 0, reason, Origin.MANUAL, updates);
    }

    /** Records what another tool's history says, with the time that it gives. */
    static EntryChange imported(ImportedMigration migration, String source) {
        String note = "imported from " + source + ": " + migration.detail();
        Instant at = migration.at();
        List<Bson> updates = new ArrayList<>(List.of(
                setOrUnset(HistoryDocument.FINISHED_AT, at == null ? null : new BsonDateTime(at.toEpochMilli())),
                Updates.set(HistoryDocument.REASON, cut(note, MESSAGE_LENGTH)),
                Updates.unset(HistoryDocument.IMPORTING)));
        updates.addAll(done(migration.version()));
        boolean done = DONE.contains(migration.state());
        return new EntryChange(migration.state(), done ? 0 : 1, note, Origin.IMPORT, updates);
    }

    /** Returns the same change, which also marks the beginning of an import. */
    EntryChange importing(String source) {
        List<Bson> all = new ArrayList<>(updates);
        all.remove(Updates.unset(HistoryDocument.IMPORTING));
        all.add(Updates.set(HistoryDocument.IMPORTING, source));
        return new EntryChange(state, attempt, note, origin, all);
    }

    /**
     * Returns the same change for a run whose session has ended on the server, so that no later run ends it again.
     */
    EntryChange withoutSession() {
        List<Bson> all = new ArrayList<>(updates);
        all.add(Updates.unset(HistoryDocument.SESSION));
        return new EntryChange(state, attempt, note, origin, all);
    }

    private static EntryChange ended(MigrationState state, int attempt, Duration elapsed, Throwable error) {
        List<Bson> updates = new ArrayList<>(ended(elapsed));
        updates.add(Updates.set(HistoryDocument.ERROR, describe(error)));
        return new EntryChange(state, attempt, Scrubbed.text(String.valueOf(error)), Origin.RUN, updates);
    }

    private static List<Bson> ended(Duration elapsed) {
        return List.of(
                Updates.currentDate(HistoryDocument.FINISHED_AT),
                Updates.set(HistoryDocument.MILLIS, new BsonInt64(elapsed.toMillis())));
    }

    private static List<Bson> done(String version) {
        return List.of(
                Updates.unset(HistoryDocument.CHECKPOINT),
                version.isEmpty()
                        ? Updates.unset(HistoryDocument.VERSION)
                        : Updates.set(HistoryDocument.VERSION, version));
    }

    /** Tells whether the migration counts as done from now on, and so gets its position in the order. */
    boolean isDone() {
        return DONE.contains(state);
    }

    /** Returns the field of the note in the trail: the reason of a manual change, or the exception of a migration. */
    String noteName() {
        return origin == Origin.RUN ? HistoryDocument.ERROR : HistoryDocument.REASON;
    }

    private static Bson setOrUnset(String name, @Nullable Object value) {
        return value != null ? Updates.set(name, value) : Updates.unset(name);
    }

    private static BsonDocument describe(Throwable error) {
        return new BsonDocument("type", new BsonString(error.getClass().getName()))
                .append(
                        "message",
                        new BsonString(cut(Scrubbed.text(String.valueOf(error.getMessage())), MESSAGE_LENGTH)))
                .append(HistoryDocument.STACK, new BsonString(cut(Scrubbed.stackTrace(error), STACK_LENGTH)));
    }

    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }
}
