package dev.monarch.engine.staging;

import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.engine.server.TransientFailure;

/**
 * An index as a server lists it.
 *
 * @param definition its definition
 * @param isBeingBuilt whether it is still being built; always false if the server does not report it
 */
record ListedIndex(BsonDocument definition, boolean isBeingBuilt) {

    private static final int NAMESPACE_NOT_FOUND = 26;

    /** More indexes than a collection can have, so that one reply contains all. */
    private static final int BATCH_SIZE = 1_000;

    /** Returns all indexes of a collection, including that of {@code _id}. Empty if the collection does not exist. */
    static List<ListedIndex> all(MongoDatabase database, String collection) {
        try {
            return list(database, command(collection).append("includeBuildUUIDs", BsonBoolean.TRUE));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == NAMESPACE_NOT_FOUND) {
                return List.of();
            }
            if (TransientFailure.is(e)) {
                throw e;
            }
            // Old servers, servers that are only similar to MongoDB, and a strict Stable API reject the option.
            return list(database, command(collection));
        }
    }

    private static BsonDocument command(String collection) {
        return new BsonDocument("listIndexes", new BsonString(collection))
                .append("cursor", new BsonDocument("batchSize", new BsonInt32(BATCH_SIZE)));
    }

    private static List<ListedIndex> list(MongoDatabase database, BsonDocument command) {
        return database.runCommand(command, BsonDocument.class).getDocument("cursor").getArray("firstBatch").stream()
                .map(BsonValue::asDocument)
                .map(ListedIndex::of)
                .toList();
    }

    private static ListedIndex of(BsonDocument listed) {
        return listed.get("spec") instanceof BsonDocument definition
                ? new ListedIndex(definition, true)
                : new ListedIndex(listed, false);
    }

    String name() {
        return definition.getString("name").getValue();
    }

    BsonDocument key() {
        return definition.getDocument("key");
    }
}
