package dev.monarch.engine.staging;

import org.bson.RawBsonDocument;

/** Is told of documents that a server has not written. Thread-safe. */
@FunctionalInterface
interface Rejections {

    /**
     * Takes note of a document.
     *
     * @param collection the collection whose document it is, for reports
     */
    void add(String collection, RawBsonDocument document, InsertReply.Rejection rejection);
}
