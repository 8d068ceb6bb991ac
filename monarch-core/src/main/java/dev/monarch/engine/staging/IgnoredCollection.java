package dev.monarch.engine.staging;

import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

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
