package dev.monarch.engine.history;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

import dev.monarch.engine.lock.HeldLock;

/**
 * Stamps every entry with the token of the lock's holder, and makes each write conditional on the stamp.
 *
 * <p>For servers without transactions. The new holder replaces the stamps of a former holder before it reads the
 * history. So a write of the former holder happens before that, or not at all. Entries that do not exist yet are
 * inserted as {@link MigrationState#PENDING}, since an insert cannot be conditional.
 */
final class StampFence implements Fence {

    private final MongoCollection<BsonDocument> collection;

    private final HeldLock lock;

    private final String scope;

    private final Bson stamp;

    StampFence(MongoCollection<BsonDocument> collection, HeldLock lock, String scope) {
        this.collection = collection;
        this.lock = lock;
        this.scope = scope;
        this.stamp = Updates.set(HistoryDocument.OWNER, lock.token());
    }

    @Override
    public void prepare(Collection<String> ids) {
        lock.ensureHeld();
        collection.updateMany(HistoryDocument.scopeFilter(scope), stamp);
        if (!ids.isEmpty()) {
            collection.bulkWrite(ids.stream().map(this::stampOrInsert).toList(), new BulkWriteOptions().ordered(false));
        }
    }

    private UpdateOneModel<BsonDocument> stampOrInsert(String id) {
        return new UpdateOneModel<>(
                HistoryDocument.key(scope, id),
                Updates.combine(
                        stamp,
                        Updates.setOnInsert(HistoryDocument.STATE, MigrationState.PENDING.name()),
                        Updates.setOnInsert(HistoryDocument.ATTEMPTS, 0)),
                new UpdateOptions().upsert(true));
    }

    @Override
    public void write(BsonDocument key, Bson update) {
        lock.ensureHeld();
        requireMatched(collection.updateOne(mine(key), update).getMatchedCount(), 1);
    }

    @Override
    public void writeAll(Map<BsonDocument, Bson> updates) {
        lock.ensureHeld();
        List<UpdateOneModel<BsonDocument>> models = updates.entrySet().stream()
                .map(update -> new UpdateOneModel<BsonDocument>(mine(update.getKey()), update.getValue()))
                .toList();
        requireMatched(collection.bulkWrite(models).getMatchedCount(), models.size());
    }

    private BsonDocument mine(BsonDocument key) {
        return key.clone().append(HistoryDocument.OWNER, new BsonString(lock.token()));
    }

    private void requireMatched(long matched, long expected) {
        if (matched != expected) {
            throw lock.lose("another run has acquired it and put its stamp on the history");
        }
    }

    @Override
    public void writeIn(ClientSession session, BsonDocument key, Bson update) {
        throw new IllegalStateException("This server has no transactions");
    }

    @Override
    public void cleanUp() {
        collection.deleteMany(Filters.and(List.of(
                HistoryDocument.scopeFilter(scope),
                Filters.eq(HistoryDocument.OWNER, lock.token()),
                Filters.eq(HistoryDocument.STATE, MigrationState.PENDING.name()),
                // An entry that was reset manually has a trail, which must be kept.
                Filters.exists(HistoryDocument.TRAIL, false))));
    }
}
