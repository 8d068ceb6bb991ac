package dev.monarch.staging;

import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSink;
import dev.monarch.transfer.CollectionType;
import dev.monarch.transfer.DocumentBatch;

/**
 * Takes what is not to be loaded: what is kept, and views, of which no documents may come.
 *
 * @param collection what is not loaded
 */
record IgnoredCollection(CollectionDescription collection) implements CollectionSink {

    @Override
    public void documents(DocumentBatch batch) {
        if (collection.type() == CollectionType.VIEW) {
            throw new IllegalStateException("'" + collection.name() + "' is a view, and documents of it come");
        }
    }

    @Override
    public void restart() {
        // Nothing was kept.
    }

    @Override
    public void end() {
        // Nothing is left to do.
    }
}
