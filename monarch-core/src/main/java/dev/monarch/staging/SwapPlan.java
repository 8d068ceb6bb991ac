package dev.monarch.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;
import dev.monarch.transfer.OwnCollections;

/** Which steps make the target what was loaded, and in which order: collections, views, removals, the history last. */
final class SwapPlan {

    private final Catalogue coming;

    private final Map<String, StagedCollection> staged;

    private final Map<String, TargetCatalogue.Standing> standing;

    private final StagingRequest.Replacement replacement;

    SwapPlan(
            Catalogue coming,
            Map<String, StagedCollection> staged,
            List<TargetCatalogue.Standing> standing,
            StagingRequest.Replacement replacement) {
        this.coming = coming;
        this.staged = staged;
        this.standing =
                standing.stream().collect(Collectors.toMap(TargetCatalogue.Standing::name, Function.identity()));
        this.replacement = replacement;
    }

    /** Returns what is there now and will not be what it is. */
    static List<TargetCatalogue.Standing> replaced(
            List<TargetCatalogue.Standing> standing, Catalogue coming, StagingRequest.Replacement replacement) {
        return standing.stream()
                .filter(there -> !OwnCollections.contains(there.name()))
                .filter(there -> !replacement.keep().contains(there.name()))
                .filter(there -> !SystemCollections.isUntouchable(there.name()))
                .filter(there -> replacement.removeOthers()
                        || coming.collection(there.name()).isPresent())
                .toList();
    }

    List<SwapStep> steps() {
        List<SwapStep> steps = new ArrayList<>();
        List<SwapStep> views = new ArrayList<>();
        List<SwapStep> last = new ArrayList<>();
        for (CollectionDescription collection : coming.collections()) {
            if (collection.type() == CollectionType.VIEW) {
                views.add(view(collection));
            } else if (!isInPlace(collection)) {
                boolean history = collection.name().equals(replacement.last());
                (history ? last : steps).add(replacement(collection));
            }
        }
        steps.addAll(views);
        steps.addAll(removals());
        steps.addAll(last);
        return steps;
    }

    private static SwapStep view(CollectionDescription view) {
        return new SwapStep(SwapStep.Kind.CREATE_VIEW, view.name(), null, null, view.options());
    }

    private boolean isInPlace(CollectionDescription collection) {
        return staging(collection).equals(collection.name());
    }

    private SwapStep replacement(CollectionDescription collection) {
        String staging = staging(collection);
        TargetCatalogue.@Nullable Standing loaded = standing.get(staging);
        SwapStep.Kind kind = kind(collection);
        return new SwapStep(
                kind,
                collection.name(),
                staging,
                loaded == null ? null : loaded.uuid(),
                kind == SwapStep.Kind.REPLACE_TIME_SERIES ? collection.options() : new BsonDocument());
    }

    private static SwapStep.Kind kind(CollectionDescription collection) {
        if (collection.type() == CollectionType.TIME_SERIES) {
            return SwapStep.Kind.REPLACE_TIME_SERIES;
        }
        return SystemCollections.contains(collection.name()) ? SwapStep.Kind.WRITE_DOCUMENTS : SwapStep.Kind.RENAME;
    }

    private String staging(CollectionDescription collection) {
        return Objects.requireNonNull(staged.get(collection.name())).staging();
    }

    private List<SwapStep> removals() {
        return replaced(List.copyOf(standing.values()), coming, replacement).stream()
                .filter(there -> coming.collection(there.name()).isEmpty())
                .map(there -> new SwapStep(SwapStep.Kind.DROP, there.name(), null, null, new BsonDocument()))
                .toList();
    }
}
