package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that a collection should have and does not have.
 *
 * <p>{@code listIndexes} also lists indexes that are still being built, and such a build can fail. With {@code
 * includeBuildUUIDs}, members of replica sets from 4.4 on report which ones these are.
 *
 * @param missing the names of the indexes that are missing or have another key
 * @param building the names of the indexes that are still being built
 */
record IndexComparison(List<String> missing, List<String> building) {

    static final IndexComparison COMPLETE = new IndexComparison(List.of(), List.of());

    private static final long PAUSE_NANOS = 200_000_000;

    IndexComparison {
        missing = List.copyOf(missing);
        building = List.copyOf(building);
    }

    /**
     * Compares the indexes; one round trip.
     *
     * @param collection the current name of the collection; if it does not exist, all indexes are missing
     * @param expected definitions with name and key, as {@link IndexRules#toBuild} returns them
     */
    static IndexComparison of(MongoDatabase database, String collection, List<BsonDocument> expected) {
        Map<String, ListedIndex> listed = ListedIndex.all(database, collection).stream()
                .collect(Collectors.toMap(ListedIndex::name, Function.identity(), (first, second) -> first));
        List<String> missing = new ArrayList<>();
        List<String> building = new ArrayList<>();
        for (BsonDocument index : expected) {
            String name = index.getString("name").getValue();
            ListedIndex found = listed.get(name);
            if (found == null || !sameKey(found.key(), index.getDocument("key"))) {
                missing.add(name);
            } else if (found.isBeingBuilt()) {
                building.add(name);
            }
        }
        return new IndexComparison(missing, building);
    }

    /**
     * Waits until no index is being built, and then compares.
     *
     * @throws MongoException if the server does not answer, or the thread is interrupted
     */
    static IndexComparison afterBuilds(MongoDatabase database, String collection, List<BsonDocument> expected) {
        while (true) {
            IndexComparison comparison = of(database, collection, expected);
            if (comparison.building().isEmpty()) {
                return comparison;
            }
            // On an interrupted thread this returns immediately, and the driver throws at the next command.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Compares numbers by value. The server itself determines the key of a text index. */
    private static boolean sameKey(BsonDocument first, BsonDocument second) {
        if (isText(first) || isText(second)) {
            return true;
        }
        return new ArrayList<>(first.keySet()).equals(new ArrayList<>(second.keySet()))
                && first.keySet().stream().allMatch(field -> same(first.get(field), second.get(field)));
    }

    private static boolean isText(BsonDocument key) {
        return key.containsValue(new BsonString("text"));
    }

    private static boolean same(@Nullable BsonValue first, @Nullable BsonValue second) {
        return first instanceof BsonNumber one && second instanceof BsonNumber other
                ? one.doubleValue() == other.doubleValue()
                : Objects.equals(first, second);
    }

    /** Tells whether all indexes exist and are built. */
    boolean isComplete() {
        return missing.isEmpty() && building.isEmpty();
    }

    /** Returns what is missing, as words to follow the name of the collection and "lacks". */
    String describe() {
        return Stream.of(
                        words(missing, "the index", "the indexes", ""),
                        words(building, "the index", "the indexes", " (still being built)"))
                .flatMap(Set::stream)
                .collect(Collectors.joining(" and "));
    }

    private static Set<String> words(List<String> names, String one, String many, String remark) {
        return names.isEmpty()
                ? Set.of()
                : Set.of((names.size() == 1 ? one : many) + " '" + String.join("', '", names) + "'" + remark);
    }
}
