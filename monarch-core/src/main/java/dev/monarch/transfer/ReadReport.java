package dev.monarch.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * How consistent a read was.
 *
 * @param consistency that of the whole
 * @param clusterTime the time all collections were to be read at, or null where the server knows none
 * @param collections each collection that has documents
 * @param warnings what else happened to the database meanwhile, as sentences
 * @param migrated whether the migration history changed meanwhile
 */
public record ReadReport(
        Had consistency,
        @Nullable BsonTimestamp clusterTime,
        List<CollectionRead> collections,
        List<String> warnings,
        boolean migrated) {

    /** What was had. */
    public enum Had {
        /** Everything at one time. */
        SNAPSHOT("snapshot"),
        /** Each collection by itself, some at a time of their own. */
        PER_COLLECTION("per-collection"),
        /** Nothing was read at a time. */
        NONE("none");

        private final String words;

        Had(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * How one collection was read.
     *
     * @param collection its name
     * @param clusterTime the time it was read at, or null if it was read as it came
     * @param reason why it was not read at the time of the others, as a clause; null if it was
     */
    public record CollectionRead(
            String collection,
            @Nullable BsonTimestamp clusterTime,
            @Nullable String reason) {}

    public ReadReport {
        collections = List.copyOf(collections);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns why not everything was read at one time.
     *
     * @return a clause for each reason, with the collections it holds for unless these are all; none for a snapshot
     */
    public List<String> reasons() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (CollectionRead read : collections) {
            if (read.reason() != null) {
                byReason.computeIfAbsent(read.reason(), reason -> new ArrayList<>())
                        .add("'" + read.collection() + "'");
            }
        }
        return byReason.entrySet().stream()
                .map(entry -> (entry.getValue().size() == collections.size() && consistency == Had.NONE
                                ? ""
                                : String.join(", ", entry.getValue()) + ": ")
                        + entry.getKey())
                .toList();
    }
}
