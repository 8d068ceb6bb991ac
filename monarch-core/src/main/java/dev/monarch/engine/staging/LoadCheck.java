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
 * Compares what came of a collection with what is there.
 *
 * @param database where it is
 * @param description what it is called in messages
 * @param documentsIn the collection that was loaded
 */
record LoadCheck(MongoDatabase database, CollectionDescription description, String documentsIn) {

    /**
     * Compares them.
     *
     * @param received how many documents came that were to be written
     * @param written how many of them the server has acknowledged
     * @param removed how many had to go again
     * @param digest that of what came and was not left out, if all is to be read back
     * @return what is wrong, or nothing
     */
    @Nullable
    String difference(long received, long written, long removed, @Nullable DocumentDigest digest) {
        String name = "'" + description.name() + "'";
        if (written != received) {
            return received + " documents of " + name + " came, and " + written + " were acknowledged";
        }
        long expected = written - removed;
        long counted = counted();
        // A capped collection may let go of its oldest documents, as it did where it came from.
        if (counted != expected) {
            return description.isOrdered()
                    ? null
                    : expected + " documents of " + name + " were written, and the server counts " + counted;
        }
        return digest != null && digest.value() != readBack() ? name + " is not what came" : null;
    }

    /** By the index of {@code _id}, which is a small part of the data; clustered collections have none. */
    private long counted() {
        MongoCollection<RawBsonDocument> documents = documents();
        try {
            return documents.countDocuments(new BsonDocument(), new CountOptions().hintString("_id_"));
        } catch (MongoCommandException e) {
            return documents.countDocuments();
        }
    }

    private long readBack() {
        DocumentDigest there = new DocumentDigest();
        documents().find().batchSize(1_000).forEach(there::add);
        return there.value();
    }

    private MongoCollection<RawBsonDocument> documents() {
        return database.getCollection(documentsIn, RawBsonDocument.class);
    }
}
