package dev.monarch.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;

/** Gives collections other names, and views the other names of what they look at. */
final class Renames {

    /** Where a pipeline names a collection: fields of these stages, or a stage that is the name itself. */
    private static final Map<String, Set<String>> NAMING =
            Map.of("$lookup", Set.of("from"), "$graphLookup", Set.of("from"), "$unionWith", Set.of("coll"));

    private final List<CollectionRename> renames;

    private final String history;

    /**
     * @param history the migration history, which is found by its name and keeps it
     */
    Renames(List<CollectionRename> renames, String history) {
        this.renames = renames;
        this.history = history;
    }

    /** The first rename that changes the name is the one that counts. */
    String apply(String collection) {
        if (collection.equals(history)) {
            return collection;
        }
        return renames.stream()
                .map(rename -> rename.apply(collection))
                .filter(name -> !name.equals(collection))
                .findFirst()
                .orElse(collection);
    }

    Catalogue apply(Catalogue catalogue) {
        return new Catalogue(
                catalogue.database(),
                catalogue.collections().stream().map(this::apply).toList());
    }

    CollectionDescription apply(CollectionDescription collection) {
        BsonDocument options = collection.type() == CollectionType.VIEW && !renames.isEmpty()
                ? view(collection.options())
                : collection.options();
        return new CollectionDescription(
                apply(collection.name()), collection.type(), options, collection.indexes(), collection.uuid());
    }

    private BsonDocument view(BsonDocument options) {
        BsonDocument renamed = options.clone();
        renamed.put("viewOn", renamed(options.getString("viewOn")));
        renamed.put("pipeline", pipeline(options.getArray("pipeline", new BsonArray())));
        return renamed;
    }

    private BsonString renamed(BsonString name) {
        return new BsonString(apply(name.getValue()));
    }

    private BsonValue pipeline(BsonValue value) {
        if (value instanceof BsonArray array) {
            return new BsonArray(array.stream().map(this::pipeline).toList());
        }
        if (!(value instanceof BsonDocument document)) {
            return value;
        }
        BsonDocument renamed = new BsonDocument();
        document.forEach((key, inner) -> renamed.put(
                key, NAMING.containsKey(key) ? stage(inner, NAMING.getOrDefault(key, Set.of())) : pipeline(inner)));
        return renamed;
    }

    private BsonValue stage(BsonValue value, Set<String> naming) {
        if (value instanceof BsonString name) {
            return renamed(name);
        }
        if (!(pipeline(value) instanceof BsonDocument stage)) {
            return value;
        }
        naming.stream()
                .filter(field -> stage.get(field) instanceof BsonString)
                .forEach(field -> stage.put(field, renamed(stage.getString(field))));
        return stage;
    }

    /** Returns the names that more than one collection would have, as sentences. */
    List<String> collisions(Catalogue catalogue) {
        Map<String, List<String>> byName = new HashMap<>();
        catalogue
                .collections()
                .forEach(collection -> byName.computeIfAbsent(apply(collection.name()), name -> new ArrayList<>())
                        .add(collection.name()));
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "'" + String.join("' and '", entry.getValue()) + "' would both be called '"
                        + entry.getKey() + "'.")
                .sorted()
                .toList();
    }
}
