package dev.monarch.engine.staging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.BsonDocument;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * What a replacement does to each collection: replace, create, remove or keep.
 *
 * @param incoming the collections of the source, without those that the target keeps
 * @param existing the collections of the target, without those of Monarch and of the server
 * @param replacement the rules
 */
public record ReplacementScope(
        Catalogue incoming, List<TargetCatalogue.Existing> existing, StagingRequest.Replacement replacement) {

    /**
     * Determines the scope.
     *
     * @param catalogue the collections of the source
     * @param all everything that exists in the target
     */
    static ReplacementScope of(
            Catalogue catalogue, List<TargetCatalogue.Existing> all, StagingRequest.Replacement replacement) {
        return new ReplacementScope(
                new Catalogue(
                        catalogue.database(),
                        catalogue.collections().stream()
                                .filter(collection -> !replacement.keep().contains(collection.name()))
                                .toList()),
                all.stream()
                        .filter(collection -> CollectionOwner.of(collection.name()) == CollectionOwner.USER)
                        .toList(),
                replacement);
    }

    /** {@return the collections of the target that are replaced or removed} */
    List<TargetCatalogue.Existing> affected() {
        return existing.stream()
                .filter(collection -> incoming.contains(collection.name()) || isRemoved(collection.name()))
                .toList();
    }

    /** {@return the collections of the target that are removed without a replacement} */
    List<TargetCatalogue.Existing> removedCollections() {
        return existing.stream()
                .filter(collection -> isRemoved(collection.name()))
                .toList();
    }

    private boolean isRemoved(String name) {
        return replacement.removeOthers()
                && !incoming.contains(name)
                && !replacement.keep().contains(name);
    }

    public List<String> replaced() {
        return names(true);
    }

    public List<String> created() {
        return names(false);
    }

    private List<String> names(boolean existingOnes) {
        Set<String> existingNames =
                existing.stream().map(TargetCatalogue.Existing::name).collect(Collectors.toSet());
        return incoming.collections().stream()
                .map(CollectionDescription::name)
                .filter(name -> existingNames.contains(name) == existingOnes)
                .toList();
    }

    public List<String> removed() {
        return removedCollections().stream()
                .map(TargetCatalogue.Existing::name)
                .sorted()
                .toList();
    }

    public List<String> kept() {
        return existing.stream()
                .map(TargetCatalogue.Existing::name)
                .filter(name -> !incoming.contains(name) && !isRemoved(name))
                .sorted()
                .toList();
    }

    /** {@return the definitions of the views that stay} */
    Map<String, BsonDocument> keptViews() {
        Map<String, BsonDocument> views = new HashMap<>();
        existing.stream()
                .filter(collection -> collection.type() == CollectionType.VIEW)
                .filter(collection -> !incoming.contains(collection.name()) && !isRemoved(collection.name()))
                .forEach(collection -> views.put(collection.name(), collection.options()));
        return views;
    }

    /** Tells whether two scopes are the same: nothing was created, replaced or dropped in between. */
    boolean isSameAs(ReplacementScope other) {
        return identities().equals(other.identities());
    }

    private Map<String, BsonDocument> identities() {
        return existing.stream()
                .collect(Collectors.toMap(TargetCatalogue.Existing::name, TargetCatalogue.Existing::identity));
    }
}
