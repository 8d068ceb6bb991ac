package dev.monarch.engine.history;

import java.util.HashSet;
import java.util.Set;

import com.mongodb.ReadConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The entries of backfills in the history of one environment, for one scope.
 *
 * <p>An entry travels with the data, so it decides whether a backfill is done. Its key has no {@code scope}, so that it
 * is never taken for the entry of a migration.
 *
 * <pre>{@code
 * { _id: { backfill: "default", id: "202612011200-weight-in-kg" },
 *   state: "STARTED",                                    // or DONE
 *   owner: "5b0c…", fence: 3, host: "web-1:4711",        // the holder of the backfill's lock, which alone may write
 *   startedAt: ISODate(…), finishedAt: ISODate(…) }      // the server's clock
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class BackfillHistory {

    /** The field of the key that holds the scope. */
    static final String SCOPE = "backfill";

    private static final String STARTED = "STARTED";

    private static final String DONE = "DONE";

    private final MongoCollection<BsonDocument> collection;

    private final String scope;

    /**
     * Creates the history of an environment. This opens the environment's connection but writes nothing.
     *
     * @param environment the environment
     * @param collection the name of the collection that holds the history
     * @param scope distinguishes the histories of several applications in one database
     */
    public BackfillHistory(MonarchEnvironment environment, String collection, String scope) {
        this.collection = environment
                .ownDatabase()
                .getCollection(collection, BsonDocument.class)
                .withReadConcern(ReadConcern.MAJORITY);
        this.scope = scope;
    }

    /** {@return the ids of the backfills that are done; one round trip} */
    public Set<String> done() {
        Bson ofScope = Filters.eq("_id." + SCOPE, scope);
        return collection
                .find(Filters.and(ofScope, Filters.eq(HistoryDocument.STATE, DONE)))
                .map(entry -> entry.getDocument("_id").getString("id").getValue())
                .into(new HashSet<>());
    }

    /**
     * Records that a backfill has started or continues. From then on no former holder of its lock can write the entry.
     *
     * @param id the backfill
     * @param lock the lock of the backfill
     */
    public void start(String id, HeldLock lock) {
        lock.ensureHeld();
        collection.updateOne(
                key(id),
                Updates.combine(
                        Updates.set(HistoryDocument.OWNER, lock.token()),
                        Updates.set(HistoryDocument.FENCE, lock.fence()),
                        Updates.set(HistoryDocument.HOST, ProcessName.get()),
                        Updates.set(HistoryDocument.STATE, STARTED),
                        Updates.setOnInsert(HistoryDocument.STARTED_AT, now(lock)),
                        Updates.unset(HistoryDocument.FINISHED_AT)),
                new UpdateOptions().upsert(true));
    }

    /**
     * Records that a backfill is done.
     *
     * @param id the backfill
     * @param lock the lock of the backfill
     * @throws dev.monarch.LockLostException if another process has acquired the lock
     */
    public void finish(String id, HeldLock lock) {
        lock.ensureHeld();
        Bson update = Updates.combine(
                Updates.set(HistoryDocument.STATE, DONE), Updates.set(HistoryDocument.FINISHED_AT, now(lock)));
        BsonDocument mine = key(id).append(HistoryDocument.OWNER, new BsonString(lock.token()));
        if (collection.updateOne(mine, update).getMatchedCount() != 1) {
            throw lock.lose("another process has acquired it, or the history was replaced");
        }
    }

    /** Tells whether an entry of the history belongs to a backfill. */
    static boolean has(BsonDocument entry) {
        return entry.get("_id") instanceof BsonDocument key && key.containsKey(SCOPE);
    }

    private BsonDocument key(String id) {
        return new BsonDocument("_id", new BsonDocument(SCOPE, new BsonString(scope)).append("id", new BsonString(id)));
    }

    private static BsonDateTime now(HeldLock lock) {
        return new BsonDateTime(lock.serverTime().toEpochMilli());
    }
}
