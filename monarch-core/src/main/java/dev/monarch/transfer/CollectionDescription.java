package dev.monarch.transfer;

import java.util.List;
import java.util.UUID;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A collection without its documents: all that is needed to create it anew.
 *
 * @param name its name, without the database
 * @param type what it is
 * @param options its options, as {@code listCollections} gives them
 * @param indexes its indexes, as {@code listIndexes} gives them, that of {@code _id} among them; none for a view
 * @param uuid the server's own name for it, or null where there is none: views, some servers, dumps of old tools
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
     * Returns where its documents are: its own name, but for time series, whose buckets are documents elsewhere.
     *
     * @return the name of a collection of the same database
     */
    public String documentsIn() {
        return type == CollectionType.TIME_SERIES ? BUCKETS + name : name;
    }

    /**
     * Tells whether the order of its documents means something.
     *
     * @return true for a capped collection
     */
    public boolean isOrdered() {
        BsonValue capped = options.get("capped");
        // Old shells wrote numbers where booleans are meant.
        return capped instanceof BsonBoolean flag && flag.getValue()
                || capped instanceof BsonNumber number && number.doubleValue() != 0;
    }

    /** What stands under a name in a database. */
    public enum CollectionType {

        /** Documents: plain, capped, clustered. */
        COLLECTION("collection"),

        /** A query over other collections; it has no documents of its own. */
        VIEW("view"),

        /** Measurements, which servers before 8.3 keep as buckets in a collection of another name. */
        TIME_SERIES("timeseries");

        private final String wireName;

        CollectionType(String wireName) {
            this.wireName = wireName;
        }

        /**
         * Returns what {@code listCollections} and mongodump call it.
         *
         * @return the server's word
         */
        public String wireName() {
            return wireName;
        }

        /**
         * Finds the type for a word of the server's or of mongodump's.
         *
         * @param wireName the word; whatever is unknown, or nothing at all, means a collection, as in archives of old tools
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
     * How a collection is sharded.
     *
     * @param key the fields and how each is sharded, as {@code sh.shardCollection} takes them: {@code {customer: 1}}; those of a
     *     time series are the fields of its documents, not of its buckets
     * @param unique whether the server keeps the key unique
     */
    public record ShardKey(BsonDocument key, boolean unique) {

        /**
         * Returns the key and, if it is, that it is unique.
         *
         * @return the key as JSON
         */
        @Override
        public String toString() {
            return key.toJson() + (unique ? " (unique)" : "");
        }
    }
}
