package dev.monarch.engine.staging;

import java.util.function.UnaryOperator;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.transfer.CollectionDescription;

/** Delegates to another source, and changes each batch. */
record ChangedBatches(TransferSource source, UnaryOperator<DocumentBatch> change) implements TransferSource {

    @Override
    public void transferTo(TransferSink sink) {
        source.transferTo(new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                sink.begin(catalogue);
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                CollectionSink to = sink.collection(collection);
                return new CollectionSink() {

                    @Override
                    public void documents(DocumentBatch batch) {
                        to.documents(change.apply(batch));
                    }

                    @Override
                    public void restart() {
                        to.restart();
                    }

                    @Override
                    public void end() {
                        to.end();
                    }
                };
            }
        });
    }
}
