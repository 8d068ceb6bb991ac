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

/** The documents of one collection that are skipped, because a unique index allows only one of them. Thread-safe. */
final class SkippedDocuments {

    /** More than that is more likely a mistake than a few bad documents. */
    static final int MAX = 1_000;

    private static final int DUPLICATE_KEY = 11000;

    private final String collection;

    private final @Nullable DocumentDigest digest;

    private final DocumentFailures documents = new DocumentFailures(MAX);

    /**
     * Starts without skipped documents.
     *
     * @param collection the name of the collection, for reports
     * @param digest the digest of all documents of the source, from which skipped ones are subtracted; null if there
     *     is none
     */
    SkippedDocuments(String collection, @Nullable DocumentDigest digest) {
        this.collection = collection;
        this.digest = digest;
    }

    /** {@return how many more documents may be skipped} */
    int remaining() {
        return (int) Math.max(0, MAX - documents.count());
    }

    /** Skips a document that was not written. Returns false if there are too many. */
    synchronized boolean add(RawBsonDocument document, String reason) {
        if (remaining() == 0) {
            return false;
        }
        documents.add(collection, document.get("_id", BsonNull.VALUE), DUPLICATE_KEY, reason);
        if (digest != null) {
            digest.remove(document);
        }
        return true;
    }

    /** Skips a document that was written. */
    void remove(MongoDatabase database, String staging, BsonValue id, String reason) {
        MongoCollection<RawBsonDocument> written = database.getCollection(staging, RawBsonDocument.class);
        // With $eq: an id may be a document with dollar signs.
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
