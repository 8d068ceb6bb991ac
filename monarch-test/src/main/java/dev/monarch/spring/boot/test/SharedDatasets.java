package dev.monarch.spring.boot.test;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The datasets of this JVM. A dataset is dropped when the last context that uses it closes. */
final class SharedDatasets {

    private static final Map<DatasetKey, Shared> DATASETS = new HashMap<>();

    private SharedDatasets() {}

    /**
     * Returns a dataset, and loads it if no context uses it.
     *
     * @param key what identifies it
     * @param isNew whether the caller uses it for the first time; then it has to release it
     * @param load loads it
     */
    static synchronized TestDatabase get(DatasetKey key, boolean isNew, Supplier<TestDatabase> load) {
        Shared shared = DATASETS.get(key);
        if (shared == null) {
            shared = new Shared(load.get(), 0);
        }
        DATASETS.put(key, isNew ? new Shared(shared.database, shared.users + 1) : shared);
        return shared.database;
    }

    static synchronized void release(DatasetKey key) {
        DATASETS.computeIfPresent(key, (same, shared) -> {
            if (shared.users > 1) {
                return new Shared(shared.database, shared.users - 1);
            }
            shared.database.destroy();
            return null;
        });
    }

    private record Shared(TestDatabase database, int users) {}
}
