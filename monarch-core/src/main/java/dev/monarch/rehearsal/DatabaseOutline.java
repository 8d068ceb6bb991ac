package dev.monarch.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.CatalogueReader;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * The state of a database for a comparison: collections, options, indexes, counts, checksums.
 *
 * @param collections the collections by name
 */
record DatabaseOutline(Map<String, Outline> collections) {

    /**
     * One collection.
     *
     * @param documents the number of its documents
     * @param checksum the server's checksum of its documents; null if the server has none
     */
    private record Outline(
            CollectionDescription description,
            long documents,
            @Nullable String checksum) {

        Map<String, BsonDocument> indexes() {
            return description.indexes().stream()
                    .collect(Collectors.toMap(index -> index.getString("name").getValue(), index -> index));
        }
    }

    /**
     * Reads the state of a database.
     *
     * @param history the migration history collection, which is ignored
     */
    static DatabaseOutline of(MongoDatabase database, String history) {
        Map<String, String> checksums = checksums(database);
        Map<String, Outline> collections = new TreeMap<>();
        for (CollectionDescription collection :
                new CatalogueReader(database).read().collections()) {
            String name = collection.name();
            if (!name.equals(history)) {
                long documents = collection.type() == CollectionType.VIEW
                        ? 0
                        : database.getCollection(name).countDocuments();
                collections.put(name, new Outline(collection, documents, checksums.get(collection.documentsIn())));
            }
        }
        return new DatabaseOutline(collections);
    }

    /** Some servers do not support checksums, and the user may lack the privilege. */
    private static Map<String, String> checksums(MongoDatabase database) {
        Map<String, String> checksums = new HashMap<>();
        try {
            database.runCommand(new BsonDocument("dbHash", new BsonInt32(1)), BsonDocument.class)
                    .getDocument("collections")
                    .forEach((name, checksum) ->
                            checksums.put(name, checksum.asString().getValue()));
        } catch (MongoException e) {
            // Without checksums, changes that keep the number of documents are not reported.
        }
        return checksums;
    }

    /** {@return the changes up to a later state, as sentences} */
    List<String> changesTo(DatabaseOutline later) {
        Set<String> names = new TreeSet<>(collections.keySet());
        names.addAll(later.collections.keySet());
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            @Nullable Outline before = collections.get(name);
            @Nullable Outline after = later.collections.get(name);
            if (before == null && after != null) {
                changes.add("'" + name + "' was created, with " + after.documents() + " documents and "
                        + after.indexes().size() + " indexes.");
            } else if (after == null && before != null) {
                changes.add("'" + name + "' was removed, with " + before.documents() + " documents.");
            } else if (before != null && after != null) {
                changes.addAll(changes(name, before, after));
            }
        }
        return changes;
    }

    private static List<String> changes(String name, Outline before, Outline after) {
        List<String> changes = new ArrayList<>();
        long more = after.documents() - before.documents();
        if (more != 0) {
            changes.add("'" + name + "' has " + after.documents() + " documents, " + Math.abs(more)
                    + (more > 0 ? " more" : " fewer") + " than before.");
        } else if (!Objects.equals(before.checksum(), after.checksum())) {
            changes.add("Documents of '" + name + "' were changed.");
        }
        if (!before.description().options().equals(after.description().options())) {
            changes.add("The options of '" + name + "' were changed.");
        }
        Map<String, BsonDocument> old = before.indexes();
        Map<String, BsonDocument> now = after.indexes();
        now.forEach((index, definition) -> {
            if (!old.containsKey(index)) {
                changes.add("'" + name + "' got the index " + index + ".");
            } else if (!definition.equals(old.get(index))) {
                changes.add("The index " + index + " of '" + name + "' was changed.");
            }
        });
        old.keySet().stream()
                .filter(index -> !now.containsKey(index))
                .forEach(index -> changes.add("'" + name + "' lost the index " + index + "."));
        return changes;
    }
}
