package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.client.MongoDatabase;

import dev.monarch.engine.transfer.TransferWorkers;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Detects changes of other clients in a database between the start of a load and the swap: changes that the swap
 * would destroy.
 */
final class TargetWatch {

    private static final int CONCURRENCY = 4;

    private final MongoDatabase database;

    private final Map<String, TargetCatalogue.Existing> before = new LinkedHashMap<>();

    private final Map<String, CollectionMark> marks;

    /**
     * Records the current state.
     *
     * @param replaced what will be replaced or removed
     */
    TargetWatch(MongoDatabase database, List<TargetCatalogue.Existing> replaced) {
        this.database = database;
        replaced.forEach(existing -> before.put(existing.name(), existing));
        this.marks = marks(replaced);
    }

    private Map<String, CollectionMark> marks(List<TargetCatalogue.Existing> existing) {
        Map<String, CollectionMark> all = new ConcurrentHashMap<>();
        List<Runnable> tasks = existing.stream()
                .filter(each -> each.type() == CollectionType.COLLECTION)
                .map(each -> (Runnable) () -> all.put(each.name(), CollectionMark.of(database, each.name())))
                .toList();
        TransferWorkers.runAll("monarch-watch", CONCURRENCY, tasks);
        return all;
    }

    /** Tells whether exactly this collection or view existed when the load began. */
    boolean knows(TargetCatalogue.Existing existing) {
        TargetCatalogue.Existing known = before.get(existing.name());
        return known != null && known.identity().equals(existing.identity());
    }

    /**
     * Compares the current state with the recorded one.
     *
     * @param replaced what would be replaced or removed now
     * @return what other clients have changed, as clauses
     */
    List<String> changes(List<TargetCatalogue.Existing> replaced) {
        List<String> changes = new ArrayList<>();
        Map<String, TargetCatalogue.Existing> now = new LinkedHashMap<>();
        replaced.forEach(existing -> now.put(existing.name(), existing));
        before.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> changes.add("'" + name + "' was dropped"));
        for (TargetCatalogue.Existing existing : replaced) {
            if (!before.containsKey(existing.name())) {
                changes.add("'" + existing.name() + "' was created");
            } else if (!knows(existing)) {
                changes.add("'" + existing.name() + "' was replaced");
            }
        }
        List<TargetCatalogue.Existing> same =
                replaced.stream().filter(this::knows).toList();
        marks(same).forEach((name, mark) -> {
            if (Objects.requireNonNull(marks.get(name)).isWrittenToSince(database, mark)) {
                changes.add("'" + name + "' was written to");
            }
        });
        return changes;
    }
}
