package dev.monarch.engine.staging;

import java.util.List;
import java.util.Objects;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.engine.server.ServerCommand;

/**
 * Removes the documents that a staging collection lists from a collection, then drops the list. Used for {@code
 * system.js}, which cannot be dropped.
 *
 * <p>The list is written before the swap. A document that the application writes or changes later is not in it, and
 * stays.
 */
final class DocumentRemoval {

    private final MongoCollection<BsonDocument> target;

    private final MongoCollection<BsonDocument> listed;

    DocumentRemoval(MongoDatabase database, SwapStep step) {
        this.target = database.getCollection(step.target(), BsonDocument.class);
        this.listed = database.getCollection(Objects.requireNonNull(step.staging()), BsonDocument.class);
    }

    /**
     * Lists the current documents of a collection in a staging collection. The list is created even if it is empty.
     */
    static void list(MongoDatabase database, String collection, String staging) {
        ServerCommand.write(database, new BsonDocument("create", new BsonString(staging)));
        MongoCollection<BsonDocument> list = database.getCollection(staging, BsonDocument.class);
        for (BsonDocument document :
                database.getCollection(collection, BsonDocument.class).find()) {
            list.insertOne(document);
        }
    }

    void run() {
        for (BsonDocument document : listed.find()) {
            target.deleteOne(unchanged(document));
        }
        listed.drop();
    }

    /** Uses {@code $cmp}, because MongoDB 5.0 cannot optimize {@code $eq} of a whole document. */
    private static BsonDocument unchanged(BsonDocument document) {
        BsonValue order = new BsonDocument(
                "$cmp", new BsonArray(List.of(new BsonString("$$ROOT"), new BsonDocument("$literal", document))));
        return new BsonDocument("_id", document.get("_id"))
                .append("$expr", new BsonDocument("$eq", new BsonArray(List.of(order, new BsonInt32(0)))));
    }
}
