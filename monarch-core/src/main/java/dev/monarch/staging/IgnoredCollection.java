package dev.monarch.staging;

import dev.monarch.transfer.CollectionSink;
import dev.monarch.transfer.DocumentBatch;

/** Takes what is not to be loaded: views, and what is kept. */
final class IgnoredCollection implements CollectionSink {

    static final IgnoredCollection INSTANCE = new IgnoredCollection();

    private IgnoredCollection() {}

    @Override
    public void documents(DocumentBatch batch) {
        // Nobody wants them.
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
