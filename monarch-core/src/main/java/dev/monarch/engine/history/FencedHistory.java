package dev.monarch.engine.history;

import java.util.ArrayList;
import java.util.List;

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
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.ProcessName;
import dev.monarch.engine.lock.Uninterrupted;

/**
 * The history while a run holds the lock.
 *
 * <p>Each write is atomic and fenced, and is made even on an interrupted thread. For use by one thread.
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
     * Reads the history, which nobody else changes from now on; to be called before anything is written.
     *
     * @return the entries, in no particular order
     */
    public List<HistoryEntry> read() {
        List<HistoryEntry> entries = history.read();
        // Counted on from what is there and not from the lock's fence: a history may have come from another cluster.
        sequence = entries.stream().mapToLong(HistoryEntry::sequence).max().orElse(0);
        return entries;
    }

    /**
     * Prepares an attempt at a migration's {@code up}; nothing is written before it starts.
     *
     * @param id the migration
     * @param number the number of this attempt, from 1
     * @param version what its author calls it now
     * @param backup the name of the backup that was taken before, or null if none was
     * @return the attempt
     */
    public Attempt up(String id, int number, String version, @Nullable String backup) {
        return new UpAttempt(this, id, number, version, backup);
    }

    /**
     * Prepares an attempt at a migration's {@code down}; nothing is written before it starts.
     *
     * @param id the migration
     * @param attempts how often its {@code up} had been started when it was applied
     * @return the attempt
     */
    public Attempt down(String id, int attempts) {
        return new DownAttempt(this, id, attempts);
    }

    /**
     * Records how a person says that a migration stands.
     *
     * @param id the migration
     * @param state how it stands: {@code APPLIED}, {@code IGNORED} or {@code PENDING}
     * @param version what its author calls it now
     * @param reason why the person says so
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if it could not be written
     */
    public void amend(String id, MigrationState state, String version, String reason) {
        write(id, EntryChange.byHand(state, version, reason));
    }

    /**
     * Keeps how far a migration has got, until it is done.
     *
     * @param id the migration
     * @param value whatever it will need to go on from there
     * @throws dev.monarch.LockLostException if the lock is lost
     * @throws HistoryWriteException if it could not be written
     */
    public void checkpoint(String id, BsonValue value) {
        write(id, "a checkpoint", Updates.set(HistoryDocument.CHECKPOINT, value));
    }

    /** Changes an entry, and creates it if there is none. */
    void write(String id, EntryChange change) {
        write(id, change.state().name(), update(change));
    }

    /** Changes an entry as the last write of a transaction. */
    void writeIn(ClientSession session, String id, EntryChange change) {
        fence.writeIn(session, history.key(id), update(change));
    }

    private void write(String id, String what, Bson update) {
        try {
            Uninterrupted.run(() -> fence.write(history.key(id), update));
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
            updates.add(Updates.set(HistoryDocument.SEQUENCE, sequence));
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
