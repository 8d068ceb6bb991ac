package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException.DocumentFailure;

/** The documents of one collection that are left out because there may be only one such document. Thread-safe. */
final class LeftOutDocuments {

    /** More of them are rather a mistake than some bad documents. */
    static final int MOST = 1_000;

    private static final int DUPLICATE_KEY = 11000;

    private final String collection;

    private final @Nullable DocumentDigest digest;

    private final DocumentFailures documents = new DocumentFailures(MOST);

    /**
     * Begins with none.
     *
     * @param collection the name of the collection, for reports
     * @param digest that of all documents that came, from which those that are left out are taken; null if there is none
     */
    LeftOutDocuments(String collection, @Nullable DocumentDigest digest) {
        this.collection = collection;
        this.digest = digest;
    }

    /** Returns how many more there may be. */
    int room() {
        return (int) Math.max(0, MOST - documents.count());
    }

    /** Leaves out a document that was not written; returns false if that would be too many. */
    synchronized boolean add(RawBsonDocument document, String reason) {
        if (room() == 0) {
            return false;
        }
        documents.add(collection, document.get("_id", BsonNull.VALUE), DUPLICATE_KEY, reason);
        if (digest != null) {
            digest.remove(document);
        }
        return true;
    }

    /** Leaves out a document that was written. */
    void remove(MongoDatabase database, String staging, BsonValue id, String reason) {
        MongoCollection<RawBsonDocument> written = database.getCollection(staging, RawBsonDocument.class);
        // By its operator: an id may be a document with dollars.
        Bson sameId = new BsonDocument("_id", new BsonDocument("$eq", id));
        if (digest != null) {
            written.find(sameId).forEach(digest::remove);
        }
        written.deleteOne(sameId);
        documents.add(collection, id, DUPLICATE_KEY, reason);
    }

    long count() {
        return documents.count();
    }

    List<DocumentFailure> all() {
        return documents.kept();
    }

    void clear() {
        documents.clear();
    }
}
