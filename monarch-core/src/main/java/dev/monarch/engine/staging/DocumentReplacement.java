package dev.monarch.engine.staging;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * Makes the documents of a collection equal to those of a staging collection, one by one. Used for {@code system.js},
 * which is small and can be neither renamed nor replaced.
 */
final class DocumentReplacement {

    private final MongoCollection<BsonDocument> target;

    private final MongoCollection<BsonDocument> staging;

    DocumentReplacement(MongoDatabase database, SwapStep step) {
        this.target = database.getCollection(step.target(), BsonDocument.class);
        this.staging = database.getCollection(Objects.requireNonNull(step.staging()), BsonDocument.class);
    }

    void run() {
        Set<BsonValue> written = new HashSet<>();
        for (BsonDocument document : staging.find()) {
            BsonValue id = document.get("_id");
            target.replaceOne(Filters.eq(id), document, new ReplaceOptions().upsert(true));
            written.add(id);
        }
        for (BsonDocument document : target.find().projection(Projections.include("_id"))) {
            if (!written.contains(document.get("_id"))) {
                target.deleteOne(Filters.eq(document.get("_id")));
            }
        }
        staging.drop();
    }
}
