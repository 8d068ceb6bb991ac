package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.TransferWorkers;
import dev.monarch.replacement.LoadReport.Expiration;

/** All collections that are being loaded, in the order of the source. */
final class StagedCollections {

    private static final int CONCURRENCY = 4;

    private final Map<String, StagedCollection> all = new LinkedHashMap<>();

    void add(StagedCollection collection) {
        all.put(collection.description().name(), collection);
    }

    /**
     * Finds a collection.
     *
     * @param name its final name
     * @return the collection; null if no collection with this name is loaded
     */
    @Nullable
    StagedCollection find(String name) {
        return all.get(name);
    }

    /** {@return the names of the staging collections, by their final names} */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        all.forEach((name, collection) -> names.put(name, collection.staging()));
        return names;
    }

    /**
     * Returns the first difference between the source and the loaded data; null if there is none.
     *
     * @param workers how many collections are compared at the same time
     */
    @Nullable
    String difference(int workers) {
        Map<String, String> differences = new ConcurrentHashMap<>();
        List<Runnable> tasks = staged().stream()
                .map(collection -> (Runnable) () -> {
                    String difference = collection.difference();
                    if (difference != null) {
                        differences.put(collection.description().name(), difference);
                    }
                })
                .toList();
        TransferWorkers.runAll("monarch-check", workers, tasks);
        return all.keySet().stream()
                .map(differences::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Sets the TTL rules, so that the server deletes expired documents from now on. Call it when everything is
     * verified.
     *
     * @return the rules, and how many documents have expired
     * @throws UnbuildableIndexException if that fails
     */
    List<Expiration> setTimeToLive() {
        List<Expiration> expirations = new ArrayList<>();
        staged().forEach(collection -> expirations.addAll(collection.setTimeToLive()));
        return expirations;
    }

    /**
     * Returns the indexes that are missing after the swap, as clauses: a failover can roll back an index that was
     * built.
     */
    List<String> missingIndexes() {
        Queue<String> missing = new ConcurrentLinkedQueue<>();
        List<Runnable> tasks = staged().stream()
                .map(collection -> (Runnable) () -> {
                    String problem =
                            collection.missingIndexes(collection.description().name());
                    if (problem != null) {
                        missing.add(problem);
                    }
                })
                .toList();
        TransferWorkers.runAll("monarch-index", CONCURRENCY, tasks);
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
