package dev.monarch.engine.transfer;

import org.bson.BsonDocument;

import dev.monarch.transfer.CollectionDescription;

/**
 * Selects and transforms the documents that are read from a database.
 *
 * <p>Used by several threads, each for a different collection.
 */
public interface Subset extends AutoCloseable {

    /**
     * Returns filters for the documents of a collection to read, one query after the other.
     *
     * <p>No document may match two of the filters. If the collection is read again, this method is called again and
     * must return the same filters.
     *
     * @param collection its name
     * @return filters for {@code find}; an empty filter for all documents
     */
    Iterable<BsonDocument> filters(String collection);

    /**
     * Returns the transform for the documents of a collection.
     *
     * @param collection the collection
     * @return the transform; {@link DocumentTransform#NONE} if they do not change
     */
    DocumentTransform transform(CollectionDescription collection);

    /** Releases the resources, such as temporary files. */
    @Override
    void close();
}
