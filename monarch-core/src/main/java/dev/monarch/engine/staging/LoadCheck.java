package dev.monarch.engine.staging;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;

/**
 * Compares the documents of the source with those in the loaded collection.
 *
 * @param database the database
 * @param description the collection, for messages
 * @param documentsIn the name of the loaded collection
 */
record LoadCheck(MongoDatabase database, CollectionDescription description, String documentsIn) {

    /**
     * Compares the documents.
     *
     * @param received how many documents of the source were to be written
     * @param written how many of them the server acknowledged
     * @param removed how many of those were removed again
     * @param digest the digest of all documents of the source without the skipped ones, if all documents must be read back;
     *     otherwise null
     * @return what differs, or null
     */
    @Nullable
    String difference(long received, long written, long removed, @Nullable DocumentDigest digest) {
        String name = "'" + description.name() + "'";
        if (written != received) {
            return received + " documents of " + name + " were read, but the server acknowledged " + written;
        }
        long expected = written - removed;
        long counted = counted();
        // A capped collection may have removed its oldest documents, as in the source.
        if (counted != expected) {
            return description.isOrdered()
                    ? null
                    : expected + " documents of " + name + " were written, but the server counts " + counted;
        }
        return digest != null && digest.value() != readBack() ? name + " differs from the data that was read" : null;
    }

    /**
     * Counts by the index of {@code _id}, which is a small part of the data. Clustered collections do not have one.
     */
    private long counted() {
        MongoCollection<RawBsonDocument> documents = documents();
        try {
            return documents.countDocuments(new BsonDocument(), new CountOptions().hintString("_id_"));
        } catch (MongoCommandException e) {
            return documents.countDocuments();
        }
    }

    private long readBack() {
        DocumentDigest actual = new DocumentDigest();
        documents().find().batchSize(1_000).forEach(actual::add);
        return actual.value();
    }

    private MongoCollection<RawBsonDocument> documents() {
        return database.getCollection(documentsIn, RawBsonDocument.class);
    }
}
