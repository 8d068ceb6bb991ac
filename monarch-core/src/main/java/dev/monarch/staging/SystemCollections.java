package dev.monarch.staging;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;

import dev.monarch.transfer.CollectionOwner;

/** The collections that a server keeps for itself, and the one among them that is a user's. */
final class SystemCollections {

    private static final String PREFIX = "system.";

    private SystemCollections() {}

    static boolean contains(String name) {
        return name.startsWith(PREFIX);
    }

    /** Tells whether nobody but the server has to do with it. */
    static boolean isUntouchable(String name) {
        return CollectionOwner.of(name) == CollectionOwner.SERVER;
    }

    /** Drops a collection, or empties it where a server lets nobody drop it. */
    static void remove(MongoDatabase database, String name) {
        if (contains(name)) {
            database.getCollection(name).deleteMany(new BsonDocument());
        } else {
            database.getCollection(name).drop();
        }
    }
}
