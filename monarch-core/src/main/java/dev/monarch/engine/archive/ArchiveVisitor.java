package dev.monarch.engine.archive;

import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;

/** Is shown the documents of an archive, collection by collection; they may take turns. */
public interface ArchiveVisitor {

    /**
     * Some documents of a collection, in their order.
     *
     * @param namespace the collection
     * @param batch the documents, which now belong to the visitor
     */
    void documents(Namespace namespace, DocumentBatch batch);

    /**
     * A collection is complete, and its checksum is right.
     *
     * @param namespace the collection
     * @param documents how many documents it has
     * @param checksum the checksum of their bytes (CRC-64/XZ)
     */
    void end(Namespace namespace, long documents, long checksum);
}
