package dev.monarch.engine.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.mongodb.ReadConcern;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.server.ServerCommand;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The history of one environment, for one scope.
 *
 * <p>Several applications may keep their histories in one database under different scopes. Safe for use by several
 * threads.
 */
public final class MigrationHistory {

    /** More entries than any history has, so that one round trip reads them all. */
    private static final int ONE_BATCH = 10_000;

    private final MonarchEnvironment environment;

    private final String scope;

    private final String collection;

    /**
     * Creates the history of an environment. It reads nothing yet.
     *
     * @param environment the environment
     * @param collection the name of the collection that holds the history
     * @param scope distinguishes the histories of several applications in one database
     */
    public MigrationHistory(MonarchEnvironment environment, String collection, String scope) {
        this.environment = environment;
        this.scope = scope;
        this.collection = collection;
    }

    /**
     * Reads the history from the primary with majority concern; one round trip. Often nothing is pending, so it opens no
     * connections if the application's can be used.
     *
     * @return the entries, in no particular order
     */
    public List<HistoryEntry> read() {
        List<HistoryEntry> entries = new ArrayList<>();
        collectionIn(environment.shortReads())
                .find(HistoryDocument.scopeFilter(scope))
                .projection(Projections.exclude(HistoryDocument.TRAIL))
                .batchSize(ONE_BATCH)
                .map(HistoryDocument::toEntry)
                .into(entries);
        return entries;
    }

    private MongoCollection<BsonDocument> collectionIn(MongoDatabase database) {
        return database.getCollection(collection, BsonDocument.class).withReadConcern(ReadConcern.MAJORITY);
    }

    /**
     * Opens the history for writing under a lock. From then on no former holder of the lock can write to it.
     *
     * @param lock the lock that fences every write
     * @param session a session of Monarch's own client that the lock knows, for transactions; null if the server has none
     * @param ids every migration that may be written
     * @return the history; the caller closes it before the lock
     * @throws dev.monarch.LockLostException if the lock is lost already
     */
    public FencedHistory openFor(HeldLock lock, @Nullable ClientSession session, Collection<String> ids) {
        createCollection();
        MongoCollection<BsonDocument> entries = collectionIn(environment.ownDatabase());
        Fence fence = session == null
                ? new StampFence(entries, lock, scope)
                : new TransactionFence(environment, entries, lock, session);
        fence.prepare(ids);
        return new FencedHistory(this, fence, lock);
    }

    String environment() {
        return environment.name();
    }

    BsonDocument key(String id) {
        return HistoryDocument.key(scope, id);
    }

    /** Not every server can create a collection in a transaction. */
    private void createCollection() {
        MongoDatabase database = environment.ownDatabase();
        if (!database.listCollectionNames().into(new ArrayList<>()).contains(collection)) {
            // A backfill has a lock of its own, and may create it at the same time.
            ServerCommand.createCollection(database, collection);
        }
    }
}
