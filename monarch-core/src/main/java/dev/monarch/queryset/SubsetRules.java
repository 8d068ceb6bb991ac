package dev.monarch.queryset;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.BsonArray;
import org.bson.BsonDocument;

import dev.monarch.transfer.CollectionSelection;

/**
 * The rules by which a query set selects documents.
 *
 * @param dumps the filters of each dumped collection, at least one
 * @param references the references to follow
 * @param only patterns of other selected collections; empty for all
 * @param exclude patterns of excluded collections
 */
record SubsetRules(
        Map<String, Set<BsonDocument>> dumps,
        List<Reference> references,
        Optional<List<String>> only,
        List<String> exclude) {

    Set<String> followedTo() {
        return references.stream().map(Reference::to).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@return the collections that rules mention by name} */
    Set<String> named() {
        Set<String> named = new LinkedHashSet<>(dumps.keySet());
        for (Reference reference : references) {
            named.add(reference.from());
            named.add(reference.to());
        }
        return named;
    }

    boolean touches(String collection) {
        return dumps.containsKey(collection) || followedTo().contains(collection);
    }

    boolean selects(String collection) {
        return touches(collection) || selectsUntouched(collection);
    }

    private boolean selectsUntouched(String collection) {
        boolean nothing = only.filter(List::isEmpty).isPresent();
        return !nothing && new CollectionSelection(only.orElse(List.of()), exclude).selects(collection);
    }

    /** {@return whether a whole collection is selected, so that references cannot add to it} */
    boolean selectsWhole(String collection) {
        return touches(collection)
                ? filter(collection).filter(BsonDocument::isEmpty).isPresent()
                : selectsUntouched(collection);
    }

    /**
     * {@return the filter for the documents that are selected without following references; empty if there are none}
     */
    Optional<BsonDocument> filter(String collection) {
        Set<BsonDocument> filters = dumps.get(collection);
        if (filters != null) {
            return Optional.of(union(filters));
        }
        return !touches(collection) && selectsUntouched(collection)
                ? Optional.of(new BsonDocument())
                : Optional.empty();
    }

    private static BsonDocument union(Set<BsonDocument> filters) {
        if (filters.stream().anyMatch(BsonDocument::isEmpty)) {
            return new BsonDocument();
        }
        return filters.size() == 1
                ? filters.iterator().next()
                : new BsonDocument("$or", new BsonArray(List.copyOf(filters)));
    }
}
