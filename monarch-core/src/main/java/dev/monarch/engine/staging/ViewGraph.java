package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.ViewReferences;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * The dependencies between views: by {@code viewOn}, and by the {@code $lookup}, {@code $graphLookup} and {@code
 * $unionWith} stages of their pipelines.
 *
 * <p>The rules are those of the server ({@code view_graph.cpp}): no cycles, at most twenty views in a chain, and one
 * collation along a chain.
 */
final class ViewGraph {

    private static final int MAX_DEPTH = 20;

    /** The options of each view by its name. */
    private final Map<String, BsonDocument> views = new LinkedHashMap<>();

    private ViewGraph(Map<String, BsonDocument> views) {
        this.views.putAll(views);
    }

    /** Returns the views of a catalogue, each one after those it is built on. Views in a cycle come last. */
    static List<CollectionDescription> inOrder(Catalogue catalogue) {
        ViewGraph graph = of(catalogue);
        Set<String> ordered = new LinkedHashSet<>();
        graph.views.keySet().forEach(view -> graph.order(view, new LinkedHashSet<>(), ordered));
        return ordered.stream()
                .map(name -> catalogue.collection(name).orElseThrow())
                .toList();
    }

    private void order(String view, Set<String> path, Set<String> ordered) {
        if (!ordered.contains(view) && path.add(view)) {
            references(view).forEach(below -> order(below, path, ordered));
            ordered.add(view);
        }
    }

    /**
     * Returns what a server would reject about the views that will exist together.
     *
     * @param incoming the collections and views of the source
     * @param kept the options of each view that stays, by its name
     * @return the problems, as clauses
     */
    static List<String> problems(Catalogue incoming, Map<String, BsonDocument> kept) {
        Map<String, BsonDocument> all = new LinkedHashMap<>(kept);
        all.putAll(of(incoming).views);
        return new ViewGraph(all).problems();
    }

    static ViewGraph of(Catalogue catalogue) {
        Map<String, BsonDocument> views = new LinkedHashMap<>();
        catalogue.collections().stream()
                .filter(collection -> collection.type() == CollectionType.VIEW)
                .forEach(view -> views.put(view.name(), view.options()));
        return new ViewGraph(views);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<Set<String>> cycles = new LinkedHashSet<>();
        for (String view : views.keySet()) {
            List<String> cycle = cycle(view, new LinkedHashSet<>());
            if (cycle != null && cycles.add(new TreeSet<>(cycle))) {
                problems.add("the views " + quoted(cycle) + " form a cycle");
            }
        }
        if (problems.isEmpty()) {
            views.keySet().forEach(view -> chain(view, problems));
        }
        return problems;
    }

    private @Nullable List<String> cycle(String view, Set<String> path) {
        if (!path.add(view)) {
            List<String> all = new ArrayList<>(path);
            return all.subList(all.indexOf(view), all.size());
        }
        for (String below : references(view)) {
            List<String> cycle = cycle(below, path);
            if (cycle != null) {
                return cycle;
            }
        }
        path.remove(view);
        return null;
    }

    private void chain(String view, List<String> problems) {
        if (depth(view) > MAX_DEPTH) {
            problems.add(
                    "the view '" + view + "' is built on more than " + MAX_DEPTH + " views, which no server allows");
        }
        for (String below : references(view)) {
            if (!collation(view).equals(collation(below))) {
                problems.add("the views '" + view + "' and '" + below
                        + "' have different collations, and one is built on the other");
            }
        }
    }

    private int depth(String view) {
        return 1 + references(view).stream().mapToInt(this::depth).max().orElse(0);
    }

    /** A server completes the collation that a command specifies. A listed collation is complete. */
    private BsonDocument collation(String view) {
        BsonValue collation = views.getOrDefault(view, new BsonDocument()).get("collation");
        return IndexRules.simple(collation) || collation == null ? new BsonDocument() : collation.asDocument();
    }

    /** {@return the views that a view is built on} */
    private Set<String> references(String view) {
        Set<String> references = new LinkedHashSet<>();
        ViewReferences.renamed(views.getOrDefault(view, new BsonDocument()), name -> {
            if (views.containsKey(name)) {
                references.add(name);
            }
            return name;
        });
        return references;
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
