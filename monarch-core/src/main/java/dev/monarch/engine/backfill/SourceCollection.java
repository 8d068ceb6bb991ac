package dev.monarch.engine.backfill;

import java.util.Optional;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A collection as the server lists it now.
 *
 * @param name its name
 * @param type its type: a collection, a view, or a time series
 * @param uuid its UUID, which changes if it is dropped and created again; null if the server has none
 * @param collated whether it has a collation
 */
record SourceCollection(String name, String type, BsonValue uuid, boolean collated) {

    /** Finds a collection by its name. */
    static Optional<SourceCollection> named(MongoDatabase database, String name) {
        return Optional.ofNullable(database.listCollections(BsonDocument.class)
                        .filter(new BsonDocument("name", new BsonString(name)))
                        .first())
                .map(SourceCollection::of);
    }

    /** Finds a collection by its UUID, whatever its name is now. */
    static Optional<SourceCollection> withUuid(MongoDatabase database, BsonValue uuid) {
        if (uuid.isNull()) {
            return Optional.empty();
        }
        for (BsonDocument listed : database.listCollections(BsonDocument.class)) {
            SourceCollection collection = of(listed);
            if (collection.uuid().equals(uuid)) {
                return Optional.of(collection);
            }
        }
        return Optional.empty();
    }

    private static SourceCollection of(BsonDocument listed) {
        return new SourceCollection(
                listed.getString("name").getValue(),
                listed.getString("type", new BsonString("collection")).getValue(),
                listed.getDocument("info", new BsonDocument()).get("uuid", BsonNull.VALUE),
                listed.getDocument("options", new BsonDocument()).containsKey("collation"));
    }

    boolean isWritable() {
        return type.equals("collection");
    }
}
