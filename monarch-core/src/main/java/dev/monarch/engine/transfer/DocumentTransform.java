package dev.monarch.engine.transfer;

/**
 * Changes the documents of one collection on their way.
 *
 * <p>Used by one thread at a time. The same documents must always become the same: a collection may have to be read again.
 */
@FunctionalInterface
public interface DocumentTransform {

    /** Leaves everything as it is. */
    DocumentTransform NONE = batch -> batch;

    /**
     * Changes documents.
     *
     * @param batch the documents, which the transform owns from now on
     * @return the documents that go on: as many, in the same order
     */
    DocumentBatch apply(DocumentBatch batch);
}
