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
 * Follows references from the selected documents until no new documents are found.
 *
 * <p>Each value is searched once per field, and each document is processed once, so reference cycles end. Values are
 * stored in temporary files; only one chunk is in memory.
 */
final class ReferenceWalk {

    private record Target(String collection, QueriedField field) {}

    private final SubsetRules subsetRules;

    private final SubsetQueries queries;

    private final ChunkLimits limits;

    private final ScratchFiles files;

    private final Map<String, LinkedCollection> collections = new LinkedHashMap<>();

    private final Map<Target, PendingValues> pending = new LinkedHashMap<>();

    ReferenceWalk(SubsetRules subsetRules, SubsetQueries queries, ChunkLimits limits, ScratchFiles files) {
        this.subsetRules = subsetRules;
        this.queries = queries;
        this.limits = limits;
        this.files = files;
        subsetRules.references().stream()
                .filter(reference -> !subsetRules.selectsWhole(reference.to()))
                .forEach(this::prepare);
    }

    private void prepare(Reference reference) {
        LinkedCollection to = collection(reference.to());
        PendingValues values = pending.computeIfAbsent(
                new Target(reference.to(), reference.toField()),
                target -> new PendingValues(to, target.field(), files));
        collection(reference.from()).addOutgoing(reference.fromField(), values);
    }

    private LinkedCollection collection(String name) {
        boolean byIds = subsetRules.followedTo().contains(name) && !subsetRules.selectsWhole(name);
        return collections.computeIfAbsent(
                name, unseen -> byIds ? LinkedCollection.byIds(name, files) : LinkedCollection.byFilter(name));
    }

    /**
     * {@return the ids of the selected documents of each referenced collection, unless the whole collection is
     * selected}
     */
    Map<String, ValueSpool> run() {
        for (LinkedCollection collection : collections.values()) {
            subsetRules.filter(collection.name()).ifPresent(filter -> read(collection, filter));
        }
        while (followAll(pending.values())) {
            // The documents found may refer to other collections.
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

    private void read(LinkedCollection collection, BsonDocument filter) {
        queries.forEach(collection.name(), filter, collection.projection(), collection::add);
    }

    private Map<String, ValueSpool> ids() {
        Map<String, ValueSpool> found = new HashMap<>();
        for (LinkedCollection collection : collections.values()) {
            ValueSpool ids = collection.ids();
            if (ids != null) {
                ids.flush();
                found.put(collection.name(), ids);
            }
        }
        return found;
    }
}
