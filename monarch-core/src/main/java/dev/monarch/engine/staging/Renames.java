package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.bson.BsonDocument;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.ViewReferences;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Renames collections, and the references to them in views. Immutable. */
public final class Renames {

    private final List<CollectionRename> renames;

    private final String history;

    /**
     * Creates renames.
     *
     * @param renames the renames; the first one that changes a name applies
     * @param history the migration history collection, which keeps its name
     */
    public Renames(List<CollectionRename> renames, String history) {
        this.renames = renames;
        this.history = history;
    }

    /**
     * Applies the first rename that changes the name.
     *
     * @param collection the name of a collection
     * @return its new name
     */
    public String apply(String collection) {
        if (collection.equals(history)) {
            return collection;
        }
        return renames.stream()
                .map(rename -> rename.apply(collection))
                .filter(name -> !name.equals(collection))
                .findFirst()
                .orElse(collection);
    }

    /**
     * Renames all collections of a catalogue.
     *
     * @param catalogue the catalogue
     * @return the catalogue with new names
     */
    public Catalogue apply(Catalogue catalogue) {
        return new Catalogue(
                catalogue.database(),
                catalogue.collections().stream().map(this::apply).toList(),
                catalogue.omissions());
    }

    /**
     * Renames a collection, and the references in a view.
     *
     * @param collection the collection
     * @return the collection with its new name
     */
    public CollectionDescription apply(CollectionDescription collection) {
        BsonDocument options = collection.type() == CollectionType.VIEW && !renames.isEmpty()
                ? ViewReferences.renamed(collection.options(), this::apply)
                : collection.options();
        return new CollectionDescription(
                apply(collection.name()), collection.type(), options, collection.indexes(), collection.uuid());
    }

    /**
     * Finds a collection by its new name.
     *
     * @param renamed the new name
     * @param catalogue the collections with their old names
     * @return the old name
     */
    public Optional<String> named(String renamed, Catalogue catalogue) {
        return catalogue.collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> apply(name).equals(renamed))
                .findFirst();
    }

    /**
     * Finds names that are not possible.
     *
     * @param catalogue the collections with their old names
     * @param existing the names that exist in the source, which are permitted
     * @return the problems, as sentences
     */
    public List<String> problems(Catalogue catalogue, List<String> existing) {
        List<String> problems = new ArrayList<>(collisions(catalogue));
        apply(catalogue).collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> !existing.contains(name))
                .filter(name -> CollectionOwner.of(name) != CollectionOwner.USER || name.contains("$"))
                .forEach(name -> problems.add("'" + name + "' is not allowed as the name of a collection."));
        return problems;
    }

    private List<String> collisions(Catalogue catalogue) {
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
