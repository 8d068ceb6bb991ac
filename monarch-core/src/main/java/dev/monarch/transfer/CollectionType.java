package dev.monarch.transfer;

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
