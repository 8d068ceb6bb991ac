package dev.monarch.transfer;

import java.util.List;
import java.util.UUID;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a collection: everything that is needed to recreate it, without its documents.
 *
 * @param name its name, without the database
 * @param type its type
 * @param options its options, as {@code listCollections} returns them
 * @param indexes its indexes, as {@code listIndexes} returns them, including that of {@code _id}; none for a view
 * @param uuid its UUID on the server; null for views, for some servers and for dumps of old tools
 */
public record CollectionDescription(
        String name,
        CollectionType type,
        BsonDocument options,
        List<BsonDocument> indexes,
        @Nullable UUID uuid) {

    private static final String BUCKETS = "system.buckets.";

    public CollectionDescription {
        indexes = List.copyOf(indexes);
    }

    /**
     * Returns the collection with its documents: itself, or the bucket collection of a time series.
     *
     * @return the name of a collection in the same database
     */
    public String documentsIn() {
        return type == CollectionType.TIME_SERIES ? BUCKETS + name : name;
    }

    /**
     * Tells whether the order of its documents matters.
     *
     * @return true for a capped collection
     */
    public boolean isOrdered() {
        BsonValue capped = options.get("capped");
        // Old shells wrote numbers instead of booleans.
        return capped instanceof BsonBoolean flag && flag.getValue()
                || capped instanceof BsonNumber number && number.doubleValue() != 0;
    }

    /** The types of collections. */
    public enum CollectionType {

        /** A collection with documents: ordinary, capped or clustered. */
        COLLECTION("collection"),

        /** A query over other collections, without stored documents. */
        VIEW("view"),

        /** A time series. Servers before 8.3 store its measurements as buckets in another collection. */
        TIME_SERIES("timeseries");

        private final String wireName;

        CollectionType(String wireName) {
            this.wireName = wireName;
        }

        /** {@return the name of the type in {@code listCollections} and mongodump} */
        public String wireName() {
            return wireName;
        }

        /**
         * Finds a type by its name in {@code listCollections} and mongodump.
         *
         * @param wireName the name; an unknown or empty name means a collection, as in archives of old tools
         * @return the type
         */
        public static CollectionType of(String wireName) {
            for (CollectionType type : values()) {
                if (type.wireName.equals(wireName)) {
                    return type;
                }
            }
            return COLLECTION;
        }
    }

    /**
     * The shard key of a collection.
     *
     * @param key the key as for {@code sh.shardCollection}: {@code {customer: 1}}; for a time series, it has the
     *     fields of the measurements, not of the buckets
     * @param unique whether the key is unique
     */
    public record ShardKey(BsonDocument key, boolean unique) {

        /** {@return the key as JSON, with a note if it is unique} */
        @Override
        public String toString() {
            return key.toJson() + (unique ? " (unique)" : "");
        }
    }
}
