package dev.monarch.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.BsonDocument;

import dev.monarch.copy.CopyRequest.CollectionRename;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.ViewReferences;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Renames collections, and the references to them in views. */
final class Renames {

    private final List<CollectionRename> renames;

    private final String history;

    /**
     * @param history the migration history collection, which keeps its name
     */
    Renames(List<CollectionRename> renames, String history) {
        this.renames = renames;
        this.history = history;
    }

    /** Applies the first rename that changes the name. */
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
                ? ViewReferences.renamed(collection.options(), this::apply)
                : collection.options();
        return new CollectionDescription(
                apply(collection.name()), collection.type(), options, collection.indexes(), collection.uuid());
    }

    /** Finds the collection by its new name. */
    Optional<String> named(String renamed, Catalogue catalogue) {
        return catalogue.collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> apply(name).equals(renamed))
                .findFirst();
    }

    /** {@return the conflicts of collections with the same new name, as sentences} */
    List<String> collisions(Catalogue catalogue) {
        Map<String, List<String>> byName = new HashMap<>();
        catalogue
                .collections()
                .forEach(collection -> byName.computeIfAbsent(apply(collection.name()), name -> new ArrayList<>())
                        .add(collection.name()));
        return byName.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "'" + String.join("' and '", entry.getValue()) + "' would both be renamed to '"
                        + entry.getKey() + "'.")
                .sorted()
                .toList();
    }
}
