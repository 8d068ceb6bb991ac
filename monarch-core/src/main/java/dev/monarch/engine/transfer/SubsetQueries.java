package dev.monarch.engine.transfer;

import java.util.function.Consumer;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Reads a database to select a part of it. */
public interface SubsetQueries {

    /**
     * Reads the documents of one query, if possible at the point in time of the transfer. If the read is cut off, it
     * starts again from the first document, so the consumer may receive a document twice.
     *
     * @param collection the collection's name
     * @param filter the filter for {@code find}
     * @param projection the projection for {@code find}
     * @param consumer receives each document, on the caller's thread
     */
    void forEach(String collection, BsonDocument filter, BsonDocument projection, Consumer<RawBsonDocument> consumer);
}
