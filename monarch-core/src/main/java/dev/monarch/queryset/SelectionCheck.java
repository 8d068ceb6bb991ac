package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;

/**
 * Finds the subsetRules that a database cannot fulfil.
 *
 * @param subsetRules the subsetRules
 * @param catalogue what there is
 * @param history the collection of the migration history, which need not be there to be named
 */
record SelectionCheck(SubsetRules subsetRules, Catalogue catalogue, String history) {

    /** What a document may have, less some room for the rest of the query. */
    private static final int LONGEST_FILTER = 16 * 1024 * 1024 - 64 * 1024;

    /** Everything that is wrong with them, each a sentence. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        findUnknown(problems);
        findUnfilterable(problems);
        findTooLong(problems);
        findEmptyBeginnings(problems);
        findCirclesFromNowhere(problems);
        return problems;
    }

    /** The references whose every chunk of values costs a look at all documents, each as a sentence. */
    List<String> withoutIndex() {
        return subsetRules.references().stream()
                .filter(reference -> !subsetRules.takesWhole(reference.to()))
                .filter(reference -> catalogue.collection(reference.to()).stream()
                        .noneMatch(to -> hasIndex(to, reference.toField())))
                .map(reference -> "'" + reference.to() + "' has no index that begins with '" + reference.toField()
                        + "', which is followed to: it is read again and again.")
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
            boolean inParts = isFollowed(name) || (subsetRules.touches(name) && !subsetRules.takesWhole(name));
            if (inParts && collection.type() != CollectionType.COLLECTION) {
                problems.add("'" + name + "' is a " + words(collection.type())
                        + ": it can only be taken as it is, or left out.");
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
                    .map(filter -> new RawBsonDocument(filter, new BsonDocumentCodec()).getByteLength())
                    .orElse(0);
            if (bytes > LONGEST_FILTER) {
                problems.add("The filters of '" + collection + "' are longer than the 16 MB a server takes. Where they "
                        + "list values that are in another collection, follow those instead.");
            }
        }
    }

    private void findEmptyBeginnings(List<String> problems) {
        subsetRules.references().stream()
                .map(Reference::from)
                .distinct()
                .filter(from -> !subsetRules.takes(from))
                .map(from -> "Nothing of '" + from + "' is taken, so that nothing can be followed from it. "
                        + "Dump what is wanted of it.")
                .forEach(problems::add);
    }

    private void findCirclesFromNowhere(List<String> problems) {
        Set<String> reached = reached();
        subsetRules.followedTo().stream()
                .filter(to -> !reached.contains(to) && catalogue.collection(to).isPresent())
                .map(to -> "Nothing leads to '" + to + "' but collections of which nothing is taken yet, itself among "
                        + "them. Dump what is to be followed first.")
                .forEach(problems::add);
    }

    /** The collections of which something may be taken: those that need no reference, and those they lead to. */
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
