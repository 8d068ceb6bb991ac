package dev.monarch.engine.transfer;

import java.util.function.Consumer;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Reads a database while a part of it is chosen. */
public interface SubsetQueries {

    /**
     * Reads the documents of one query, at the time at which everything is read, where the server can; again from the
     * first if that is cut off, so that a document can be seen twice.
     *
     * @param collection the collection's name
     * @param filter which documents, as {@code find} takes it
     * @param projection which fields, as {@code find} takes it
     * @param consumer sees each document, on the caller's thread
     */
    void forEach(String collection, BsonDocument filter, BsonDocument projection, Consumer<RawBsonDocument> consumer);
}
