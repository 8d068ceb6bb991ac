package dev.monarch.engine.history;

import java.util.concurrent.atomic.AtomicLong;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Counts the entries of a history and finds the migration that was applied last.
 *
 * <p>One thread adds the entries; any thread may read the result.
 */
public final class HistoryTally {

    private final AtomicLong entries = new AtomicLong();

    private long sequence = -1;

    private volatile @Nullable String lastApplied;

    /**
     * Adds an entry. Those of backfills do not count.
     *
     * @param entry the stored entry
     */
    public void add(BsonDocument entry) {
        if (BackfillHistory.has(entry)) {
            return;
        }
        entries.incrementAndGet();
        if (!HistoryDocument.hasState(entry, MigrationState.APPLIED)) {
            return;
        }
        long changed = HistoryDocument.sequence(entry);
        String id = HistoryDocument.id(entry);
        if (changed > sequence && id != null) {
            sequence = changed;
            lastApplied = id;
        }
    }

    /** Forgets all entries. */
    public void clear() {
        entries.set(0);
        sequence = -1;
        lastApplied = null;
    }

    /**
     * {@return the number of entries}
     */
    public long entries() {
        return entries.get();
    }

    /**
     * {@return the id of the migration that was applied last, or null if none was}
     */
    public @Nullable String lastApplied() {
        return lastApplied;
    }
}
