package dev.monarch.engine.backfill;

import org.bson.BsonValue;

/** Receives the documents that cannot be changed. */
interface RejectedDocuments {

    /** {@return whether a document was rejected already, and is not tried again} */
    boolean contains(BsonValue document);

    /** Adds a document. */
    void add(BsonValue document, String error);
}
