package dev.monarch.engine.archive;

import dev.monarch.engine.transfer.Namespace;
import dev.monarch.transfer.CollectionDescription;

/**
 * What an archive says of a collection before its documents.
 *
 * @param namespace its full name
 * @param metadata its options and indexes, as JSON text; empty for a dump's oplog
 * @param type {@code collection}, {@code view} or {@code timeseries}; empty in archives of old tools
 */
public record ArchivedCollection(Namespace namespace, String metadata, String type) {

    private static final String TIME_SERIES = "timeseries";

    private static final String BUCKETS = "system.buckets.";

    /** Servers before 8.3 keep a time series in buckets, under a name of their own; its blocks bear that one. */
    Namespace blocks() {
        return type.equals(TIME_SERIES)
                ? new Namespace(namespace.database(), BUCKETS + namespace.collection())
                : namespace;
    }

    /**
     * Describes a collection as mongodump does.
     *
     * @param database its database
     * @param collection the collection
     * @return what an archive says of it
     */
    public static ArchivedCollection of(String database, CollectionDescription collection) {
        return CollectionMetadata.write(database, collection);
    }

    /**
     * Tells whether mongorestore would create the collection exactly as it is.
     *
     * @param collection the collection
     * @return false if its options or indexes hold a document that Extended JSON cannot express, such as <code>{$oid:
     *     "…"}</code>; Monarch restores it all the same
     */
    public static boolean isExact(CollectionDescription collection) {
        return CollectionMetadata.isExact(collection);
    }

    /**
     * Returns what the description means.
     *
     * @return the collection
     * @throws RuntimeException if the description cannot be read
     */
    public CollectionDescription description() {
        return CollectionMetadata.read(this);
    }
}
