package dev.monarch.engine.staging;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;

/** Collections whose names the server reserves: no one may rename or drop them, including {@code system.js}. */
public final class SystemCollections {

    private static final String PREFIX = "system.";

    private SystemCollections() {}

    static boolean contains(String name) {
        return name.startsWith(PREFIX);
    }

    /** Drops a collection, or removes all its documents if the server does not allow dropping it. */
    public static void remove(MongoDatabase database, String name) {
        if (contains(name)) {
            database.getCollection(name).deleteMany(new BsonDocument());
        } else {
            database.getCollection(name).drop();
        }
    }
}
