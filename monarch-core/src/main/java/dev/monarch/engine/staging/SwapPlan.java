package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Determines the steps of a swap and their order: collections, views, removals, and the history last. */
final class SwapPlan {

    private final Catalogue incoming;

    private final Map<String, String> staging;

    private final Map<String, TargetCatalogue.Existing> existing;

    private final List<TargetCatalogue.Existing> removed;

    private final String last;

    /**
     * Prepares a plan.
     *
     * @param staging the names of the staging collections, by their final names; including lists of documents to
     *     remove from collections that cannot be dropped
     * @param existing what exists in the database, including staging collections, by name
     * @param removed what is removed because the source does not have it
     * @param last the collection that is replaced after all others
     */
    SwapPlan(
            Catalogue incoming,
            Map<String, String> staging,
            Map<String, TargetCatalogue.Existing> existing,
            List<TargetCatalogue.Existing> removed,
            String last) {
        this.incoming = incoming;
        this.staging = Map.copyOf(staging);
        this.existing = Map.copyOf(existing);
        this.removed = List.copyOf(removed);
        this.last = last;
    }

    /**
     * Returns the steps.
     *
     * <p>Views come after the collections they read, each one after those it is built on. A collection that is replaced
     * by another type is dropped directly before the new one is renamed, so that readers miss it only briefly.
     */
    List<SwapStep> steps() {
        List<SwapStep> steps = new ArrayList<>();
        List<SwapStep> atTheEnd = new ArrayList<>();
        for (CollectionDescription collection : incoming.collections()) {
            if (collection.type() != CollectionType.VIEW && !isInPlace(collection)) {
                boolean history = collection.name().equals(this.last);
                replace(collection, history ? atTheEnd : steps);
            }
        }
        views(steps);
        removed.stream()
                .filter(current -> current.type() != CollectionType.VIEW)
                .map(this::removal)
                .forEach(steps::add);
        steps.addAll(atTheEnd);
        // Where documents are written one by one, a failure changes nothing else in the target.
        steps.sort(Comparator.comparing(step -> step.kind() != SwapStep.Kind.WRITE_DOCUMENTS));
        return steps;
    }

    private boolean isInPlace(CollectionDescription collection) {
        return staging(collection.name()).equals(collection.name());
    }

    private void replace(CollectionDescription collection, List<SwapStep> steps) {
        TargetCatalogue.@Nullable Existing current = existing.get(collection.name());
        SwapStep.Kind kind = kind(collection);
        boolean makesRoom =
                kind == SwapStep.Kind.RENAME && current != null && current.type() != CollectionType.COLLECTION;
        if (current != null && makesRoom) {
            // Nothing can be renamed over a view or a time series.
            steps.add(SwapStep.drop(current));
        }
        String staging = staging(collection.name());
        steps.add(new SwapStep(
                kind,
                collection.name(),
                staging,
                uuid(staging),
                current == null || makesRoom ? null : current.identity(),
                kind == SwapStep.Kind.REPLACE_TIME_SERIES ? collection.options() : new BsonDocument()));
    }

    private SwapStep removal(TargetCatalogue.Existing current) {
        if (!SystemCollections.contains(current.name())) {
            return SwapStep.drop(current);
        }
        String listed = staging(current.name());
        return new SwapStep(
                SwapStep.Kind.EMPTY, current.name(), listed, uuid(listed), current.identity(), new BsonDocument());
    }

    private static SwapStep.Kind kind(CollectionDescription collection) {
        if (collection.type() == CollectionType.TIME_SERIES) {
            return SwapStep.Kind.REPLACE_TIME_SERIES;
        }
        return SystemCollections.contains(collection.name()) ? SwapStep.Kind.WRITE_DOCUMENTS : SwapStep.Kind.RENAME;
    }

    private String staging(String name) {
        return Objects.requireNonNull(staging.get(name));
    }

    private @Nullable BsonValue uuid(String staging) {
        TargetCatalogue.@Nullable Existing loaded = existing.get(staging);
        return loaded == null ? null : loaded.uuid();
    }

    /**
     * Views that are removed or changed are all dropped before the first one is created: a server compares collations
     * along a chain of views, including those built on the new one.
     */
    private void views(List<SwapStep> steps) {
        removed.stream()
                .filter(current -> current.type() == CollectionType.VIEW)
                .map(SwapStep::drop)
                .forEach(steps::add);
        List<CollectionDescription> changed = ViewGraph.inOrder(incoming).stream()
                .filter(view -> !existsUnchanged(view))
                .toList();
        for (CollectionDescription view : changed) {
            TargetCatalogue.@Nullable Existing current = existing.get(view.name());
            if (current != null) {
                steps.add(SwapStep.drop(current));
            }
        }
        changed.forEach(view -> steps.add(SwapStep.createView(view.name(), view.options())));
    }

    private boolean existsUnchanged(CollectionDescription view) {
        TargetCatalogue.@Nullable Existing current = existing.get(view.name());
        return current != null
                && current.type() == CollectionType.VIEW
                && current.options().equals(view.options());
    }
}
