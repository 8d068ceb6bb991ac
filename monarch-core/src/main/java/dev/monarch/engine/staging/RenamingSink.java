package dev.monarch.engine.staging;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;

/** Forwards collections under their new names. */
public final class RenamingSink implements TransferSink {

    private final Renames renames;

    private final TransferSink next;

    /**
     * Creates a sink.
     *
     * @param renames the renames
     * @param next receives the collections under their new names
     */
    public RenamingSink(Renames renames, TransferSink next) {
        this.renames = renames;
        this.next = next;
    }

    @Override
    public void begin(Catalogue catalogue) {
        next.begin(renames.apply(catalogue));
    }

    @Override
    public CollectionSink collection(CollectionDescription collection) {
        return next.collection(renames.apply(collection));
    }
}
