package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.TransferWorkers;
import dev.monarch.replacement.LoadReport.Expiration;

/** All collections that are being loaded, in the order in which they come. */
final class StagedCollections {

    private static final int AT_ONCE = 4;

    private final Map<String, StagedCollection> all = new LinkedHashMap<>();

    void add(StagedCollection collection) {
        all.put(collection.description().name(), collection);
    }

    /**
     * Finds a collection.
     *
     * @param name what it is going to be called
     * @return the collection; null if none of that name is loaded
     */
    @Nullable
    StagedCollection find(String name) {
        return all.get(name);
    }

    /** Returns the names under which they stand until the swap, by those that they are going to have. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        all.forEach((name, collection) -> names.put(name, collection.staging()));
        return names;
    }

    /** Returns the first difference between what came and what is there; null if there is none. */
    @Nullable
    String difference() {
        return staged().stream()
                .map(StagedCollection::difference)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Has the server delete old documents from now on; to be called when all is verified.
     *
     * @return the rules, and how many documents they concern
     * @throws UnbuildableIndexException if that cannot be done
     */
    List<Expiration> setTimeToLive() {
        List<Expiration> expirations = new ArrayList<>();
        staged().forEach(collection -> expirations.addAll(collection.setTimeToLive()));
        return expirations;
    }

    /** Returns which indexes are missing after the swap, as clauses: a failover can take one back that had been built. */
    List<String> missingIndexes() {
        Queue<String> missing = new ConcurrentLinkedQueue<>();
        List<Runnable> looks = staged().stream()
                .map(collection -> (Runnable) () -> {
                    String problem =
                            collection.missingIndexes(collection.description().name());
                    if (problem != null) {
                        missing.add(problem);
                    }
                })
                .toList();
        TransferWorkers.runAll("monarch-index", AT_ONCE, looks);
        return List.copyOf(missing);
    }

    long documents() {
        return staged().stream().mapToLong(StagedCollection::documents).sum();
    }

    long bytes() {
        return staged().stream().mapToLong(StagedCollection::bytes).sum();
    }

    private Collection<StagedCollection> staged() {
        return all.values();
    }
}
