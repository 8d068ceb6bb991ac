package dev.monarch.engine.history;

import java.util.List;

import org.bson.BsonDocument;

/**
 * A history at one point in time. Two snapshots are equal if nothing was written to the history between them.
 *
 * @param entries all entries in the order of their keys
 */
public record HistorySnapshot(List<BsonDocument> entries) {

    public HistorySnapshot {
        entries = List.copyOf(entries);
    }

    /**
     * Tells whether a migration was running, or had been when its process died.
     *
     * @return true if so
     */
    public boolean hasRunningMigration() {
        return entries.stream().anyMatch(HistoryDocument::hasRunningMigration);
    }
}
