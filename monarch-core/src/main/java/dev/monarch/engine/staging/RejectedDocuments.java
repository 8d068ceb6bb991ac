package dev.monarch.engine.staging;

import org.bson.RawBsonDocument;

/** Receives the documents that a server has not written. Thread-safe. */
@FunctionalInterface
interface RejectedDocuments {

    /**
     * Receives a document.
     *
     * @param collection the collection that the document belongs to, for reports
     */
    void add(String collection, RawBsonDocument document, InsertReply.Rejection rejection);
}
