package dev.monarch.engine.history;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;

/**
 * The collection of a history, for operations that move databases: the entries of all scopes, without the lock.
 *
 * <p>Safe for use by several threads.
 */
public final class HistoryCollection {

    private final MongoCollection<BsonDocument> collection;

    private HistoryCollection(MongoCollection<BsonDocument> collection) {
        this.collection = collection;
    }

    /**
     * Returns the history in a collection, which need not exist. Sends no command.
     *
     * @param database the database
     * @param name the name of the collection
     * @return the history
     */
    public static HistoryCollection of(MongoDatabase database, String name) {
        return new HistoryCollection(database.getCollection(name, BsonDocument.class));
    }

    /**
     * Reads the whole history of migrations; one round trip. Backfills start and end while a database is read.
     *
     * @return the current history
     */
    public HistorySnapshot snapshot() {
        return new HistorySnapshot(collection
                .find(Filters.exists("_id." + BackfillHistory.SCOPE, false))
                .sort(HistoryDocument.byKey())
                .into(new ArrayList<>()));
    }

    /**
     * Tells whether a migration is running, or was when its process died; one round trip.
     *
     * @return true if so
     */
    public boolean hasRunningMigration() {
        return collection
                        .find(Filters.in(HistoryDocument.STATE, names(HistoryDocument.ACTIVE)))
                        .first()
                != null;
    }

    /**
     * Marks running migrations as {@code INTERRUPTED}, because a loaded history describes what was running in its
     * source.
     *
     * <p>A migration that was being rolled back stays {@code ROLLING_BACK}. Running its {@code up} on half-reverted
     * data would be unsafe, and no run starts before it is resolved.
     *
     * @return the number of migrations that were running or being rolled back
     */
    public long interrupt() {
        Bson noSession = Updates.unset(HistoryDocument.SESSION);
        long rollingBack = collection
                .updateMany(in(MigrationState.ROLLING_BACK), noSession)
                .getMatchedCount();
        Bson interrupted = Updates.set(HistoryDocument.STATE, MigrationState.INTERRUPTED.name());
        long running = collection
                .updateMany(in(MigrationState.RUNNING), Updates.combine(interrupted, noSession))
                .getModifiedCount();
        return rollingBack + running;
    }

    private static Bson in(MigrationState state) {
        return Filters.eq(HistoryDocument.STATE, state.name());
    }

    private static List<String> names(List<MigrationState> states) {
        return states.stream().map(MigrationState::name).toList();
    }
}
