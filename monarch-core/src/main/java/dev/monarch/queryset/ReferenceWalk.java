package dev.monarch.queryset;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.bson.BsonValue;

import dev.monarch.engine.transfer.SubsetQueries;

/**
 * Follows references from the documents that are taken anyway until they lead to nothing new.
 *
 * <p>Every value is looked for once in a field, and every document is looked at once: circles end by themselves. What is
 * known is kept in temporary files; in memory there is one chunk of values.
 */
final class ReferenceWalk {

    private record Target(String collection, QueriedField field) {}

    private final SubsetRules subsetRules;

    private final SubsetQueries queries;

    private final ChunkLimits limits;

    private final ScratchFiles files;

    private final Map<String, FollowedCollection> collections = new LinkedHashMap<>();

    private final Map<Target, PendingValues> pending = new LinkedHashMap<>();

    ReferenceWalk(SubsetRules subsetRules, SubsetQueries queries, ChunkLimits limits, ScratchFiles files) {
        this.subsetRules = subsetRules;
        this.queries = queries;
        this.limits = limits;
        this.files = files;
        subsetRules.references().stream()
                .filter(reference -> !subsetRules.takesWhole(reference.to()))
                .forEach(this::prepare);
    }

    private void prepare(Reference reference) {
        FollowedCollection to = collection(reference.to());
        PendingValues values = pending.computeIfAbsent(
                new Target(reference.to(), reference.toField()),
                target -> new PendingValues(to, target.field(), files));
        collection(reference.from()).leaves(reference.fromField(), values);
    }

    private FollowedCollection collection(String name) {
        boolean byIds = subsetRules.followedTo().contains(name) && !subsetRules.takesWhole(name);
        return collections.computeIfAbsent(
                name, unseen -> byIds ? FollowedCollection.byIds(name, files) : FollowedCollection.byFilter(name));
    }

    /** Returns the ids of what is taken of each collection that references lead to, unless it is taken whole. */
    Map<String, ValueSpool> toTheEnd() {
        for (FollowedCollection collection : collections.values()) {
            subsetRules.filter(collection.name()).ifPresent(filter -> read(collection, filter));
        }
        while (followAll(pending.values())) {
            // What was found may be looked for elsewhere.
        }
        return ids();
    }

    private boolean followAll(Collection<PendingValues> all) {
        boolean any = false;
        for (PendingValues values : all) {
            for (List<BsonValue> chunk = values.next(limits); !chunk.isEmpty(); chunk = values.next(limits)) {
                read(values.collection(), values.filter(chunk));
                any = true;
            }
        }
        return any;
    }

    private void read(FollowedCollection collection, BsonDocument filter) {
        queries.forEach(collection.name(), filter, collection.projection(), collection::take);
    }

    private Map<String, ValueSpool> ids() {
        Map<String, ValueSpool> found = new HashMap<>();
        for (FollowedCollection collection : collections.values()) {
            ValueSpool ids = collection.ids();
            if (ids != null) {
                ids.flush();
                found.put(collection.name(), ids);
            }
        }
        return found;
    }
}
