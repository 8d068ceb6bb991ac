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
 * What a query set wants.
 *
 * @param dumps the filters of each collection that is dumped, at least one
 * @param references what is followed
 * @param only patterns of those that are taken besides; all if there is nothing
 * @param exclude patterns of those that are not
 */
record SubsetRules(
        Map<String, Set<BsonDocument>> dumps,
        List<Reference> references,
        Optional<List<String>> only,
        List<String> exclude) {

    Set<String> followedTo() {
        return references.stream().map(Reference::to).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Every collection that is named, not only meant by a pattern. */
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

    boolean takes(String collection) {
        return touches(collection) || takesOfTheRest(collection);
    }

    private boolean takesOfTheRest(String collection) {
        boolean nothing = only.filter(List::isEmpty).isPresent();
        return !nothing && new CollectionSelection(only.orElse(List.of()), exclude).selects(collection);
    }

    /** Tells whether all of a collection is taken, so that no reference adds to it. */
    boolean takesWhole(String collection) {
        return touches(collection)
                ? filter(collection).filter(BsonDocument::isEmpty).isPresent()
                : takesOfTheRest(collection);
    }

    /** One filter for what is taken of a collection, whatever is followed; nothing if that is nothing. */
    Optional<BsonDocument> filter(String collection) {
        Set<BsonDocument> filters = dumps.get(collection);
        if (filters != null) {
            return Optional.of(union(filters));
        }
        return !touches(collection) && takesOfTheRest(collection) ? Optional.of(new BsonDocument()) : Optional.empty();
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
