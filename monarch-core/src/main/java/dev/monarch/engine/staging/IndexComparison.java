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
 * What a collection lacks of the indexes that it should have.
 *
 * <p>{@code listIndexes} also lists indexes that are still being built, and such a build can fail. With {@code
 * includeBuildUUIDs}, a server from 4.4 on tells them apart if it is a member of a replica set.
 *
 * @param missing the names of those that are not there, or have another key
 * @param building the names of those that are being built
 */
record IndexComparison(List<String> missing, List<String> building) {

    static final IndexComparison COMPLETE = new IndexComparison(List.of(), List.of());

    private static final long BETWEEN_LOOKS = 200_000_000;

    IndexComparison {
        missing = List.copyOf(missing);
        building = List.copyOf(building);
    }

    /**
     * Compares them; one round trip.
     *
     * @param collection the name under which the collection stands now; if there is none, all indexes are missing
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
     * Waits until none of them is being built, and compares them then.
     *
     * @throws MongoException if the server does not answer, or the thread is interrupted
     */
    static IndexComparison afterBuilds(MongoDatabase database, String collection, List<BsonDocument> expected) {
        while (true) {
            IndexComparison comparison = of(database, collection, expected);
            if (comparison.building().isEmpty()) {
                return comparison;
            }
            // On an interrupted thread this returns at once, and the driver throws at the next look.
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** Numbers are equal by value; that of a text index is the server's own. */
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

    /** Tells whether all indexes are there and built. */
    boolean isComplete() {
        return missing.isEmpty() && building.isEmpty();
    }

    /** Returns what is wrong, in words that fit behind the name of the collection and "lacks". */
    String inWords() {
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
