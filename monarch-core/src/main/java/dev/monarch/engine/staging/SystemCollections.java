package dev.monarch.engine.staging;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;

/** Collections whose names the server reserves: no one may rename or drop them, {@code system.js} included. */
public final class SystemCollections {

    private static final String PREFIX = "system.";

    private SystemCollections() {}

    static boolean contains(String name) {
        return name.startsWith(PREFIX);
    }

    /** Drops a collection, or empties it where a server lets nobody drop it. */
    public static void remove(MongoDatabase database, String name) {
        if (contains(name)) {
            database.getCollection(name).deleteMany(new BsonDocument());
        } else {
            database.getCollection(name).drop();
        }
    }
}
