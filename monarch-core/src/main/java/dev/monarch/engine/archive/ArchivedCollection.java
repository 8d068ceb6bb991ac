package dev.monarch.engine.archive;

import java.util.Optional;

import dev.monarch.engine.transfer.Namespace;
import dev.monarch.transfer.CollectionDescription;

/**
 * The description of a collection in the beginning of an archive.
 *
 * @param namespace its full name
 * @param metadata its options and indexes, as JSON text; empty for a dump's oplog
 * @param type {@code collection}, {@code view} or {@code timeseries}; empty in archives of old tools
 */
public record ArchivedCollection(Namespace namespace, String metadata, String type) {

    private static final String TIME_SERIES = "timeseries";

    private static final String BUCKETS = "system.buckets.";

    /**
     * {@return the name in the block headers} For a time series it is the name of its bucket collection, as on
     * servers before 8.3.
     */
    public Namespace blocks() {
        return type.equals(TIME_SERIES)
                ? new Namespace(namespace.database(), BUCKETS + namespace.collection())
                : namespace;
    }

    /**
     * Describes a collection as mongodump does.
     *
     * @param database its database
     * @param collection the collection
     * @return its description in an archive
     */
    public static ArchivedCollection of(String database, CollectionDescription collection) {
        return CollectionMetadata.write(database, collection);
    }

    /**
     * Describes a collection by the content of its {@code metadata.json}.
     *
     * @param namespace its full name
     * @param metadata the JSON text
     * @return the description
     * @throws RuntimeException if the text cannot be read
     */
    public static ArchivedCollection ofMetadata(Namespace namespace, String metadata) {
        return CollectionMetadata.named(namespace, metadata);
    }

    /**
     * Finds the field {@code collectionName} of a {@code metadata.json}.
     *
     * @param metadata the JSON text
     * @return the true name of a collection with a shortened file name; empty if the file does not have it
     * @throws RuntimeException if the text cannot be read
     */
    public static Optional<String> nameIn(String metadata) {
        return CollectionMetadata.nameIn(metadata);
    }

    /**
     * Finds the full name in the indexes of a {@code metadata.json}, which have it before version 100 of the tools.
     *
     * @param metadata the JSON text
     * @return the full name; empty if the file does not have it
     * @throws RuntimeException if the text cannot be read
     */
    public static Optional<Namespace> namespaceIn(String metadata) {
        return CollectionMetadata.namespaceIn(metadata);
    }

    /**
     * Tells whether mongorestore can recreate the collection exactly.
     *
     * @param collection the collection
     * @return false if its options or indexes contain a document that Extended JSON cannot express, such as
     *     <code>{$oid: "…"}</code>; Monarch can restore it nevertheless
     */
    public static boolean isExact(CollectionDescription collection) {
        return CollectionMetadata.isExact(collection);
    }

    /**
     * Parses the description.
     *
     * @return the collection
     * @throws RuntimeException if the description cannot be read
     */
    public CollectionDescription description() {
        return CollectionMetadata.read(this);
    }
}
