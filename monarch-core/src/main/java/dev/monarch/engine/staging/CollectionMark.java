package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.server.TransientFailure;

/**
 * The state of a collection that is needed to detect inserts and deletes: the number of documents, and the greatest
 * values of {@code _id} and of the fields by which documents expire.
 *
 * <p>When a server removes expired documents, no one loses data. Expiry only makes the number and the greatest values
 * smaller.
 *
 * @param name the collection
 * @param documents the number of documents according to the server's metadata
 * @param greatest the greatest {@code _id}, or null if there is none or the server cannot sort
 * @param expiry the greatest value of each field of a TTL index
 * @param expires whether there is a TTL index
 */
record CollectionMark(
        String name, long documents, @Nullable BsonValue greatest, Map<String, BsonValue> expiry, boolean expires) {

    private static final String ID = "_id";

    static CollectionMark of(MongoDatabase database, String name) {
        MongoCollection<BsonDocument> collection = database.getCollection(name, BsonDocument.class);
        List<String> fields = expiryFields(collection);
        Map<String, BsonValue> expiry = new LinkedHashMap<>();
        for (String field : fields) {
            BsonValue value = greatest(collection, field);
            if (value != null) {
                expiry.put(field, value);
            }
        }
        return new CollectionMark(
                name, collection.estimatedDocumentCount(), greatest(collection, ID), expiry, !fields.isEmpty());
    }

    private static List<String> expiryFields(MongoCollection<BsonDocument> collection) {
        return collection.listIndexes(BsonDocument.class).into(new ArrayList<>()).stream()
                .filter(index -> index.containsKey("expireAfterSeconds"))
                .map(index -> index.getDocument("key").getFirstKey())
                .toList();
    }

    private static @Nullable BsonValue greatest(MongoCollection<BsonDocument> collection, String field) {
        try {
            BsonDocument greatest = collection
                    .find()
                    .projection(Projections.include(field))
                    .sort(Sorts.descending(field))
                    .first();
            return greatest == null ? null : greatest.get(field);
        } catch (MongoException e) {
            if (TransientFailure.is(e)) {
                throw e;
            }
            // Not every server can sort these values.
            return null;
        }
    }

    /** Tells whether other clients have inserted or deleted documents since this mark. */
    boolean isWrittenToSince(MongoDatabase database, CollectionMark now) {
        if (!expires) {
            return documents != now.documents || !Objects.equals(greatest, now.greatest);
        }
        MongoCollection<BsonDocument> collection = database.getCollection(name, BsonDocument.class);
        return now.documents > documents
                || isBeyond(collection, ID, greatest)
                || now.expiry.keySet().stream().anyMatch(field -> isBeyond(collection, field, expiry.get(field)));
    }

    private static boolean isBeyond(
            MongoCollection<BsonDocument> collection, String field, @Nullable BsonValue greatest) {
        return collection
                        .find(greatest == null ? Filters.exists(field) : Filters.gt(field, greatest))
                        .first()
                != null;
    }
}
