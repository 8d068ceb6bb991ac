package dev.monarch.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionType;

/** Notices that others write to what is going to be replaced: their writes would be lost. */
final class TargetWatch {

    private final MongoDatabase database;

    private final Map<String, Seen> before = new LinkedHashMap<>();

    /** Enough to notice an insert, a delete, and a collection that is another. */
    private record Seen(
            @Nullable BsonValue uuid,
            long documents,
            @Nullable BsonValue newest) {}

    TargetWatch(MongoDatabase database, List<TargetCatalogue.Standing> watched) {
        this.database = database;
        for (TargetCatalogue.Standing standing : watched) {
            if (standing.type() == CollectionType.COLLECTION) {
                before.put(standing.name(), look(standing));
            }
        }
    }

    private Seen look(TargetCatalogue.Standing standing) {
        MongoCollection<BsonDocument> collection = database.getCollection(standing.name(), BsonDocument.class);
        return new Seen(standing.uuid(), collection.estimatedDocumentCount(), newest(collection));
    }

    private static @Nullable BsonValue newest(MongoCollection<BsonDocument> collection) {
        try {
            BsonDocument newest = collection
                    .find()
                    .projection(Projections.include("_id"))
                    .sort(Sorts.descending("_id"))
                    .first();
            return newest == null ? null : newest.get("_id");
        } catch (MongoException e) {
            // Not every server can sort what is in there.
            return null;
        }
    }

    /** Returns the collections that have changed since. */
    List<String> changed(TargetCatalogue catalogue) {
        List<String> changed = new ArrayList<>();
        before.forEach((name, seen) -> {
            Seen now = catalogue.find(name).map(this::look).orElse(null);
            if (!Objects.equals(seen, now)) {
                changed.add(name);
            }
        });
        return changed;
    }
}
