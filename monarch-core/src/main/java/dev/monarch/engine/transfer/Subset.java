package dev.monarch.engine.transfer;

import org.bson.BsonDocument;

import dev.monarch.transfer.CollectionDescription;

/**
 * The part of a database that is read, and what becomes of its documents on the way.
 *
 * <p>Used by several threads, each for a collection of its own.
 */
public interface Subset extends AutoCloseable {

    /**
     * Returns which documents of a collection are wanted: those of all these filters, one after the other.
     *
     * <p>No document may be selected by two of them. Asked again, and then answered alike, if the collection has to be read
     * again.
     *
     * @param collection its name
     * @return filters as {@code find} takes them; an empty one for all documents
     */
    Iterable<BsonDocument> filters(String collection);

    /**
     * Returns what becomes of the documents of a collection.
     *
     * @param collection the collection
     * @return {@link DocumentTransform#NONE} if they stay as they are
     */
    DocumentTransform transform(CollectionDescription collection);

    /** Lets go of whatever was needed to know the above. */
    @Override
    void close();
}
