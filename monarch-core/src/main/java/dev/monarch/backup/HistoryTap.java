package dev.monarch.backup;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.history.HistoryTally;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.transfer.CollectionDescription;

/** Forwards everything to another sink, and summarizes the migration history that passes through. */
final class HistoryTap implements TransferSink {

    private final TransferSink next;

    private final String collection;

    private volatile @Nullable HistoryTally tally;

    HistoryTap(TransferSink next, String collection) {
        this.next = next;
        this.collection = collection;
    }

    @Override
    public void begin(Catalogue catalogue) {
        next.begin(catalogue);
    }

    @Override
    public CollectionSink collection(CollectionDescription description) {
        CollectionSink sink = next.collection(description);
        if (!description.name().equals(collection)) {
            return sink;
        }
        HistoryTally passing = new HistoryTally();
        tally = passing;
        return new Tapped(sink, passing);
    }

    /** {@return the summary of the history; null if there is none} */
    Manifest.@Nullable History summary() {
        HistoryTally passed = tally;
        return passed == null ? null : new Manifest.History(collection, passed.entries(), passed.lastApplied());
    }

    private record Tapped(CollectionSink next, HistoryTally tally) implements CollectionSink {

        @Override
        public void documents(DocumentBatch batch) {
            batch.split().forEach(tally::add);
            next.documents(batch);
        }

        @Override
        public void restart() {
            tally.clear();
            next.restart();
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
