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
 * @param isBeingBuilt whether its build has not ended; never true of a server that does not tell it
 */
record ListedIndex(BsonDocument definition, boolean isBeingBuilt) {

    private static final int NAMESPACE_NOT_FOUND = 26;

    /** More than a collection can have, so that one answer holds all. */
    private static final int ALL = 1_000;

    /** Returns those of a collection, that of {@code _id} among them; none if there is no such collection. */
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
            // Old servers, those that are only like MongoDB, and a strict Stable API do not take the option.
            return list(database, command(collection));
        }
    }

    private static BsonDocument command(String collection) {
        return new BsonDocument("listIndexes", new BsonString(collection))
                .append("cursor", new BsonDocument("batchSize", new BsonInt32(ALL)));
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
