package dev.monarch.engine.staging;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import dev.monarch.engine.staging.InsertReply.Rejection;

/**
 * Distinguishes documents that an earlier attempt has written from documents whose {@code _id} another document has.
 *
 * @param database the database
 * @param into the collection that is written to
 */
record EarlierAttempt(MongoDatabase database, String into) {

    private static final String ID = "_id";

    /**
     * Returns the rejections of documents that are not in the collection; one round trip if any rejection concerns
     * the {@code _id}.
     */
    List<Rejection> without(List<Rejection> rejections, List<RawBsonDocument> documents) {
        List<BsonValue> ids = rejections.stream()
                .filter(Rejection::idExists)
                .map(rejection -> id(documents.get(rejection.index())))
                .toList();
        if (ids.isEmpty()) {
            return rejections;
        }
        Map<BsonValue, RawBsonDocument> existing = existing(ids);
        Set<Integer> repeated = repeated(documents);
        return rejections.stream()
                .filter(rejection -> !rejection.idExists()
                        || repeated.contains(rejection.index())
                        || !documents.get(rejection.index()).equals(existing.get(id(documents.get(rejection.index())))))
                .toList();
    }

    private Map<BsonValue, RawBsonDocument> existing(List<BsonValue> ids) {
        Map<BsonValue, RawBsonDocument> existing = new HashMap<>();
        for (RawBsonDocument document :
                database.getCollection(into, RawBsonDocument.class).find(Filters.in(ID, ids))) {
            existing.put(id(document), document);
        }
        return existing;
    }

    /** If two documents have the same {@code _id}, the second one was not written, even if they are equal. */
    private static Set<Integer> repeated(List<RawBsonDocument> documents) {
        Set<BsonValue> seen = new HashSet<>();
        Set<Integer> repeated = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            if (!seen.add(id(documents.get(i)))) {
                repeated.add(i);
            }
        }
        return repeated;
    }

    private static BsonValue id(RawBsonDocument document) {
        return document.get(ID, BsonNull.VALUE);
    }
}
