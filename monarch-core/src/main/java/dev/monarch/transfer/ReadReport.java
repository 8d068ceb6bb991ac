package dev.monarch.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;

/**
 * Reports how consistent a read was.
 *
 * @param consistency the consistency of the whole read
 * @param clusterTime the cluster time of the snapshot; null if the server has none
 * @param collections how each collection with documents was read
 * @param warnings other changes to the database during the read, as sentences
 * @param migrated whether the migration history changed during the read
 */
public record ReadReport(
        AchievedConsistency consistency,
        @Nullable BsonTimestamp clusterTime,
        List<CollectionRead> collections,
        List<String> warnings,
        boolean migrated) {

    /** The achieved consistency. */
    public enum AchievedConsistency {
        /** All collections were read at one point in time. */
        SNAPSHOT("snapshot"),
        /** Some collections were read separately. */
        PER_COLLECTION("per-collection"),
        /** No collection was read at a point in time. */
        NONE("none");

        private final String words;

        AchievedConsistency(String words) {
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
     * @param clusterTime the cluster time at which it was read; null without a snapshot
     * @param reason why it was not read at the cluster time of the other collections, as a clause; null if it was
     */
    public record CollectionRead(
            String collection,
            @Nullable BsonTimestamp clusterTime,
            @Nullable String reason) {

        /**
         * Creates the result.
         *
         * @throws IllegalArgumentException if {@code collection} is empty
         */
        public CollectionRead {
            Checks.notEmpty("collection", collection);
        }
    }

    public ReadReport {
        collections = List.copyOf(collections);
        warnings = List.copyOf(warnings);
    }

    /**
     * Returns why not all collections were read at one point in time.
     *
     * @return one clause per reason, with its collections unless it applies to all; empty for a snapshot
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
                .map(entry -> (entry.getValue().size() == collections.size() && consistency == AchievedConsistency.NONE
                                ? ""
                                : String.join(", ", entry.getValue()) + ": ")
                        + entry.getKey())
                .toList();
    }

    /** The requested consistency of a read of several collections. */
    public enum Consistency {

        /** All collections at one point in time (a consistent snapshot). The operation fails if this is not possible. */
        SNAPSHOT,

        /**
         * All collections at one point in time, if the server supports it. Other collections are read separately and
         * reported.
         */
        BEST,

        /** Each collection separately, without a snapshot. */
        NONE
    }
}
