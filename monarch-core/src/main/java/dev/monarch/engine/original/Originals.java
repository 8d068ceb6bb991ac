package dev.monarch.engine.original;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.server.DocumentErrors;
import dev.monarch.engine.server.RawBytes;

/**
 * The originals of one collection, for one change. One process at a time writes them, under the lock of the change.
 *
 * <p>They are written before the documents are changed. So there may be originals of documents that were never changed.
 */
public final class Originals {

    /** The largest document of a server. */
    private static final int LONGEST = 16 * 1024 * 1024;

    private final String source;

    private final MongoCollection<BsonDocument> collection;

    Originals(String source, MongoCollection<BsonDocument> collection) {
        this.source = source;
        this.collection = collection;
    }

    /** {@return the name of the changed collection} */
    public String source() {
        return source;
    }

    MongoCollection<BsonDocument> collection() {
        return collection;
    }

    /**
     * Keeps what documents are, before they are changed.
     *
     * @param changes the documents, without duplicates
     * @return the documents that must not be changed, because they cannot be kept, with the reason
     */
    public Map<BsonValue, String> keep(List<ChangedOriginal> changes) {
        Map<BsonValue, String> refused = new HashMap<>();
        List<ChangedOriginal> kept = new ArrayList<>();
        List<BsonDocument> originals = new ArrayList<>();
        for (ChangedOriginal change : changes) {
            RawBsonDocument original = new RawBsonDocument(Original.of(change).bson(), new BsonDocumentCodec());
            if (RawBytes.of(original).length() > LONGEST) {
                refused.put(change.before().get("_id"), "its original is too large to be kept");
            } else {
                kept.add(change);
                originals.add(original);
            }
        }
        if (!originals.isEmpty()) {
            insert(kept, originals);
        }
        return refused;
    }

    private void insert(List<ChangedOriginal> changes, List<BsonDocument> originals) {
        try {
            collection.insertMany(originals, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            List<ChangedOriginal> again = new ArrayList<>();
            for (BulkWriteError error : DocumentErrors.of(e)) {
                if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                again.add(changes.get(error.getIndex()));
            }
            merge(again);
        }
    }

    /**
     * Keeps documents of which there is an original already: of a batch that is repeated, or of a document that needed
     * the change again.
     */
    private void merge(List<ChangedOriginal> changes) {
        Map<BsonValue, Original> existing = existing(changes);
        List<WriteModel<BsonDocument>> writes = new ArrayList<>();
        for (ChangedOriginal change : changes) {
            BsonValue id = change.before().get("_id");
            Original now = Original.of(change);
            writes.add(Optional.ofNullable(existing.get(id))
                    .filter(first -> first.isOriginalOf(change.before()))
                    .<WriteModel<BsonDocument>>map(first ->
                            new UpdateOneModel<>(Filters.eq(id), Updates.addEachToSet(Original.AFTER, now.after())))
                    .orElseGet(() -> new ReplaceOneModel<>(Filters.eq(id), now.bson())));
        }
        try {
            collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            DocumentErrors.of(e);
            throw e;
        }
    }

    private Map<BsonValue, Original> existing(List<ChangedOriginal> changes) {
        Map<BsonValue, Original> existing = new HashMap<>();
        List<BsonValue> ids =
                changes.stream().map(change -> change.before().get("_id")).toList();
        collection.find(Filters.in("_id", ids)).map(Original::new).forEach(found -> existing.put(found.id(), found));
        return existing;
    }

    /**
     * Counts the documents that an undo has left.
     *
     * @return their number
     */
    public long leftCount() {
        return collection.countDocuments(Filters.exists(Original.LEFT));
    }

    /**
     * Lists the documents that an undo has left.
     *
     * @param limit the largest number of them
     * @return their ids, with the reason
     */
    public Map<BsonValue, String> left(int limit) {
        Map<BsonValue, String> left = new LinkedHashMap<>();
        collection
                .find(Filters.exists(Original.LEFT))
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .limit(limit)
                .forEach(found -> left.put(
                        found.get("_id"), found.getString(Original.LEFT).getValue()));
        return left;
    }

    /** {@return the number of originals} */
    public long count() {
        return collection.estimatedDocumentCount();
    }

    void drop() {
        collection.drop();
    }
}
