package dev.monarch.engine.archive;

import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/** Receives the documents of an archive. Batches of several collections may alternate. */
public interface ArchiveVisitor {

    /**
     * Receives some documents of a collection, in their order.
     *
     * @param namespace the collection
     * @param batch the documents; the visitor owns the batch
     */
    void documents(Namespace namespace, DocumentBatch batch);

    /**
     * Called after all documents of a collection were read and its checksum was verified.
     *
     * @param namespace the collection
     * @param documents how many documents it has
     * @param checksum the checksum of their bytes (CRC-64/XZ)
     */
    void end(Namespace namespace, long documents, long checksum);
}
