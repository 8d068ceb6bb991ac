package dev.monarch.engine.transfer;

/**
 * Takes the documents of one collection.
 *
 * <p>Used by one thread at a time. Each call may wait until there is room: that is how a slow sink slows its source down.
 */
public interface CollectionSink {

    /**
     * Takes documents.
     *
     * @param batch the documents; the sink owns them from now on
     */
    void documents(DocumentBatch batch);

    /** Forgets all documents of this collection taken so far: they are going to come again, from the first. */
    void restart();

    /** Says that all documents have come, and that the source has found them to be right. */
    void end();
}
