package dev.monarch.engine.transfer;

/**
 * Transforms the documents of one collection while they are transferred.
 *
 * <p>Used by one thread at a time. The same input must always give the same output, because a collection may be read
 * again.
 */
@FunctionalInterface
public interface DocumentTransform {

    /** Changes nothing. */
    DocumentTransform NONE = batch -> batch;

    /**
     * Transforms documents.
     *
     * @param batch the documents, which the transform owns from now on
     * @return the transformed documents: the same number, in the same order
     */
    DocumentBatch apply(DocumentBatch batch);
}
