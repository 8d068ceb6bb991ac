package dev.monarch.engine.transfer;

/**
 * Receives the documents of one collection.
 *
 * <p>Used by one thread at a time. Each call may block until the sink has capacity, so that a slow sink slows down
 * its source.
 */
public interface CollectionSink {

    /**
     * Receives documents.
     *
     * @param batch the documents; the sink owns them from now on
     */
    void documents(DocumentBatch batch);

    /** Discards all documents of this collection received so far. The source sends them again, from the first. */
    void restart();

    /** Called after all documents were sent and the source has verified them. */
    void end();
}
