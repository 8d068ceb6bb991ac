package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.environment.ProcessName;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Reads and writes the progress of the backfills of one scope.
 *
 * <p>Every write of the progress is conditional on the token of the lock's holder, which the holder puts into the
 * document before it reads it. So a write of a former holder happens before that, or not at all. What users want is
 * written without a condition, into a field of its own.
 */
public final class BackfillRecords {

    private final MongoCollection<BsonDocument> collection;

    private final String scope;

    public BackfillRecords(MonarchEnvironment environment, String scope) {
        this.collection = environment.ownDatabase().getCollection(OwnCollections.BACKFILLS, BsonDocument.class);
        this.scope = scope;
    }

    /** Returns the records by id; one round trip. */
    Map<String, BackfillRecord> all() {
        Map<String, BackfillRecord> all = new TreeMap<>();
        collection
                .find(Filters.eq("_id.scope", scope))
                .map(BackfillRecord::new)
                .forEach(found -> all.put(found.id(), found));
        return all;
    }

    BackfillRecord find(String id) {
        BsonDocument found = collection.find(key(id)).first();
        return found == null ? BackfillRecord.absent(id) : new BackfillRecord(found);
    }

    /** Makes the holder of the lock the only one that may write the progress, and returns it. */
    BackfillRecord claim(String id, HeldLock lock) {
        lock.ensureHeld();
        return updated(
                key(id),
                Updates.combine(
                        Updates.set(BackfillRecord.OWNER, lock.token()),
                        Updates.set("fence", lock.fence()),
                        Updates.set("host", ProcessName.get())),
                true,
                lock);
    }

    /**
     * Writes the progress, and returns it together with what users want now.
     *
     * @throws dev.monarch.LockLostException if another process has acquired the lock
     */
    BackfillRecord write(String id, HeldLock lock, List<Bson> updates) {
        lock.ensureHeld();
        BsonDocument mine = key(id).append(BackfillRecord.OWNER, new BsonString(lock.token()));
        return updated(mine, Updates.combine(updates), false, lock);
    }

    private BackfillRecord updated(BsonDocument filter, Bson update, boolean upsert, HeldLock lock) {
        BsonDocument after = collection.findOneAndUpdate(
                filter, update, new FindOneAndUpdateOptions().upsert(upsert).returnDocument(ReturnDocument.AFTER));
        if (after == null) {
            throw lock.lose("another process has acquired it, or the progress was removed");
        }
        return new BackfillRecord(after);
    }

    public void pause(String id) {
        want(id, List.of(Updates.set(BackfillRecord.PAUSED, true)));
    }

    /** Lets it run, also after it was undone. */
    public void resume(String id) {
        want(id, List.of(Updates.set(BackfillRecord.PAUSED, false), Updates.unset(BackfillRecord.UNDO)));
    }

    /** Stops it, so that it can be undone. */
    void undo(String id) {
        want(
                id,
                List.of(
                        Updates.set(BackfillRecord.UNDO, true),
                        Updates.set(BackfillRecord.PAUSED, false),
                        Updates.set(BackfillRecord.RETRY, false)));
    }

    public void retry(String id) {
        want(id, List.of(Updates.set(BackfillRecord.RETRY, true)));
    }

    /** Sets the rate. What is null is taken from the settings again. */
    public void rate(String id, Rate rate) {
        List<Bson> updates = new ArrayList<>();
        updates.add(setOrUnset(BackfillRecord.DUTY_CYCLE, rate.dutyCycle()));
        updates.add(setOrUnset(BackfillRecord.DOCUMENTS_PER_SECOND, rate.documentsPerSecond()));
        want(id, updates);
    }

    private static Bson setOrUnset(String field, @Nullable Object value) {
        return value == null ? Updates.unset(field) : Updates.set(field, value);
    }

    private void want(String id, List<Bson> updates) {
        collection.updateOne(key(id), Updates.combine(updates), new UpdateOptions().upsert(true));
    }

    private BsonDocument key(String id) {
        return new BsonDocument(
                "_id", new BsonDocument("scope", new BsonString(scope)).append("id", new BsonString(id)));
    }
}
