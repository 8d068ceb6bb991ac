package dev.monarch.engine.staging;

import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Ignores a collection that is not loaded: one that the target keeps, or a view, which has no documents.
 *
 * @param collection the collection
 */
record IgnoredCollection(CollectionDescription collection) implements CollectionSink {

    @Override
    public void documents(DocumentBatch batch) {
        if (collection.type() == CollectionType.VIEW) {
            throw new IllegalStateException(
                    "'" + collection.name() + "' is a view, but the source has documents of it");
        }
    }

    @Override
    public void restart() {
        // Nothing was stored.
    }

    @Override
    public void end() {
        // Nothing was stored.
    }
}
