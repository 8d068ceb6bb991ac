package dev.monarch.copy;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;

/** Gives collections the names they have where they are copied to. */
final class RenamingSink implements TransferSink {

    private final Renames renames;

    private final TransferSink next;

    RenamingSink(Renames renames, TransferSink next) {
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
