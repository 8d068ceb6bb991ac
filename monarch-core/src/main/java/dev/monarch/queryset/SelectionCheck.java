package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.server.RawBytes;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;

/**
 * Finds rules of a query set that cannot be applied to a database.
 *
 * @param subsetRules the rules
 * @param catalogue the whole catalogue of the database
 * @param history the migration history collection, which rules may name even if it does not exist
 */
record SelectionCheck(SubsetRules subsetRules, Catalogue catalogue, String history) {

    /** The limit of a document, minus space for the rest of the query. */
    private static final int LONGEST_FILTER = 16 * 1024 * 1024 - 64 * 1024;

    /** {@return all problems, as sentences} */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        findUnknown(problems);
        findUnfilterable(problems);
        findTooLong(problems);
        findReferencesFromNothing(problems);
        findUnreachableCycles(problems);
        return problems;
    }

    /** {@return the references without an index, which need a collection scan per chunk of values, as sentences} */
    List<String> withoutIndex() {
        return subsetRules.references().stream()
                .filter(reference -> !subsetRules.selectsWhole(reference.to()))
                .filter(reference -> catalogue.collection(reference.to()).stream()
                        .noneMatch(to -> hasIndex(to, reference.toField())))
                .map(reference -> "'" + reference.to() + "' has no index that begins with '" + reference.toField()
                        + "', the target of a reference: each step reads the whole collection.")
                .distinct()
                .toList();
    }

    private static boolean hasIndex(CollectionDescription collection, QueriedField field) {
        return collection.indexes().stream()
                .map(index -> index.getDocument("key", new BsonDocument()))
                .anyMatch(key -> !key.isEmpty() && key.getFirstKey().equals(field.toString()));
    }

    private void findUnknown(List<String> problems) {
        List<String> names = catalogue.collections().stream()
                .map(CollectionDescription::name)
                .toList();
        for (String named : subsetRules.named()) {
            if (!names.contains(named)) {
                problems.add("There is no collection '" + named + "'." + meant(named, names));
            }
        }
        CollectionSelection only = new CollectionSelection(subsetRules.only().orElse(List.of()), List.of());
        for (String pattern : only.matchingNone(names, history)) {
            problems.add("No collection matches '" + pattern + "'." + meant(pattern, names));
        }
    }

    private static String meant(String typed, List<String> names) {
        String question = NearestNames.question(typed, names);
        return question.isEmpty() && !names.isEmpty() ? NearestNames.listed(names) : question;
    }

    private void findUnfilterable(List<String> problems) {
        for (CollectionDescription collection : catalogue.collections()) {
            String name = collection.name();
            boolean inParts = isFollowed(name) || (subsetRules.touches(name) && !subsetRules.selectsWhole(name));
            if (inParts && collection.type() != CollectionType.COLLECTION) {
                problems.add("'" + name + "' is a " + words(collection.type())
                        + ": it can only be selected completely, or excluded.");
            }
        }
    }

    private boolean isFollowed(String name) {
        return subsetRules.references().stream()
                .anyMatch(reference ->
                        reference.from().equals(name) || reference.to().equals(name));
    }

    private static String words(CollectionType type) {
        return type == CollectionType.VIEW ? "view" : "time series";
    }

    private void findTooLong(List<String> problems) {
        for (String collection : subsetRules.dumps().keySet()) {
            int bytes = subsetRules
                    .filter(collection)
                    .map(filter -> RawBytes.of(new RawBsonDocument(filter, new BsonDocumentCodec()))
                            .length())
                    .orElse(0);
            if (bytes > LONGEST_FILTER) {
                problems.add(
                        "The filters of '" + collection + "' are longer than 16 MB, the limit of the server. If they "
                                + "list values from another collection, use follow instead.");
            }
        }
    }

    private void findReferencesFromNothing(List<String> problems) {
        subsetRules.references().stream()
                .map(Reference::from)
                .distinct()
                .filter(from -> !subsetRules.selects(from))
                .map(from -> "No document of '" + from + "' is selected, so references from it have no effect. "
                        + "Dump the documents to start from.")
                .forEach(problems::add);
    }

    private void findUnreachableCycles(List<String> problems) {
        Set<String> reached = reached();
        subsetRules.followedTo().stream()
                .filter(to -> !reached.contains(to) && catalogue.contains(to))
                .map(to -> "The references to '" + to + "' form a cycle without starting documents. "
                        + "Dump the documents to start from.")
                .forEach(problems::add);
    }

    /**
     * {@return the collections that may have selected documents: without a reference, or reachable by references from
     * these}
     */
    private Set<String> reached() {
        Set<String> reached = new HashSet<>();
        subsetRules.named().stream()
                .filter(name -> subsetRules.filter(name).isPresent())
                .forEach(reached::add);
        boolean more = true;
        while (more) {
            more = false;
            for (Reference reference : subsetRules.references()) {
                more |= reached.contains(reference.from()) && reached.add(reference.to());
            }
        }
        return reached;
    }
}
