package dev.monarch.engine.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.HistoryWriteException;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.Uninterrupted;

/**
 * The history while a run holds the lock.
 *
 * <p>Each write is atomic and fenced, and happens even on an interrupted thread. For use by one thread.
 */
public final class FencedHistory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FencedHistory.class);

    private static final int TRAIL_LENGTH = 20;

    private static final int NOTE_LENGTH = 2_000;

    private final MigrationHistory history;

    private final Fence fence;

    private final HeldLock lock;

    private long sequence;

    FencedHistory(MigrationHistory history, Fence fence, HeldLock lock) {
        this.history = history;
        this.fence = fence;
        this.lock = lock;
    }

    /**
     * Reads the history, which no one else changes from now on. Call it before anything is written.
     *
     * @return the entries, in no particular order
     */
    public List<HistoryEntry> read() {
        List<HistoryEntry> entries = history.read();
        // Continues from the greatest number in the history, not from the lock's fence: a history may come from
        // another cluster.
        sequence = entries.stream().mapToLong(HistoryEntry::sequence).max().orElse(0);
        return entries;
    }

    /**
     * Prepares an attempt at a migration's {@code up}. Nothing is written before the attempt starts.
     *
     * @param id the migration
     * @param number the number of this attempt, from 1
     * @param version the migration's current version
     * @param backup the name of the backup that was taken before, or null if there is none
     * @return the attempt
     */
    public Attempt up(String id, int number, String version, @Nullable String backup) {
        return new UpAttempt(this, id, number, version, backup);
    }

    /**
     * Prepares an attempt at a migration's {@code down}. Nothing is written before the attempt starts.
     *
     * @param id the migration
     * @param attempts how often its {@code up} was started until it was applied
     * @return the attempt
     */
    public Attempt down(String id, int attempts) {
        return new DownAttempt(this, id, attempts);
    }

    /**
     * Records a state that is set manually.
     *
     * @param id the migration
     * @param state {@code APPLIED}, {@code IGNORED} or {@code PENDING}
     * @param version the migration's current version
     * @param reason the reason for the change
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if the history could not be written
     */
    public void amend(String id, MigrationState state, String version, String reason) {
        write(id, EntryChange.manual(state, version, reason));
    }

    /**
     * Stores the checkpoint of a migration, until it is applied.
     *
     * @param id the migration
     * @param value what the next attempt needs to continue from there
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if the history could not be written
     */
    public void checkpoint(String id, BsonValue value) {
        write(id, "a checkpoint", Updates.set(HistoryDocument.CHECKPOINT, value));
    }

    /**
     * Records what another tool's history says.
     *
     * <p>If the process dies meanwhile, the first entry says that the import has not ended, and no run starts before
     * another import completes it.
     *
     * @param migrations the migrations, in the order in which the other tool applied them; at least one
     * @param source the other history, as a noun phrase
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if the history could not be written
     */
    public void importAll(List<ImportedMigration> migrations, String source) {
        String first = migrations.get(0).id();
        write(first, EntryChange.imported(migrations.get(0), source).importing(source));
        Map<BsonDocument, Bson> others = new LinkedHashMap<>();
        migrations
                .subList(1, migrations.size())
                .forEach(migration ->
                        others.put(history.key(migration.id()), update(EntryChange.imported(migration, source))));
        if (!others.isEmpty()) {
            write(first, "an import", () -> fence.writeAll(others));
        }
        write(first, "the end of an import", Updates.unset(HistoryDocument.IMPORTING));
    }

    /** Changes an entry, or creates it. */
    void write(String id, EntryChange change) {
        write(id, change.state().name(), update(change));
    }

    /** Changes an entry as the last write of a transaction. */
    void writeIn(ClientSession session, String id, EntryChange change) {
        fence.writeIn(session, history.key(id), update(change));
    }

    private void write(String id, String what, Bson update) {
        write(id, what, () -> fence.write(history.key(id), update));
    }

    private void write(String id, String what, Runnable write) {
        try {
            Uninterrupted.run(write);
        } catch (MongoException e) {
            throw new HistoryWriteException(history.environment(), id, what, e);
        }
    }

    private Bson update(EntryChange change) {
        List<Bson> updates = new ArrayList<>(change.updates());
        updates.add(Updates.set(HistoryDocument.STATE, change.state().name()));
        updates.add(Updates.set(HistoryDocument.ATTEMPTS, change.attempt()));
        updates.add(Updates.set(HistoryDocument.FENCE, lock.fence()));
        updates.add(Updates.set(HistoryDocument.HOST, ProcessName.get()));
        if (change.isDone()) {
            sequence++;
            // An import that is repeated does not change the order of what it has recorded before.
            updates.add(
                    change.origin() == EntryChange.Origin.IMPORT
                            ? Updates.min(HistoryDocument.SEQUENCE, sequence)
                            : Updates.set(HistoryDocument.SEQUENCE, sequence));
        }
        updates.add(
                Updates.pushEach(HistoryDocument.TRAIL, List.of(step(change)), new PushOptions().slice(-TRAIL_LENGTH)));
        return Updates.combine(updates);
    }

    private BsonDocument step(EntryChange change) {
        BsonDocument step = new BsonDocument(
                        HistoryDocument.STATE, new BsonString(change.state().name()))
                .append("attempt", new BsonInt32(change.attempt()))
                .append(HistoryDocument.FENCE, new BsonInt64(lock.fence()))
                .append(HistoryDocument.HOST, new BsonString(ProcessName.get()))
                .append("at", new BsonDateTime(lock.serverTime().toEpochMilli()));
        String note = change.note();
        return note == null ? step : step.append(change.noteName(), new BsonString(EntryChange.cut(note, NOTE_LENGTH)));
    }

    /** Removes entries that were only announced. If this fails, the next run removes them. */
    @Override
    public void close() {
        try {
            Uninterrupted.run(fence::cleanUp);
        } catch (MongoException e) {
            log.debug("Could not remove announced entries of the history; the next run removes them", e);
        }
    }
}
