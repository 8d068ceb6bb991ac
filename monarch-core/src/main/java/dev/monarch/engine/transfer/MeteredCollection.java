package dev.monarch.engine.transfer;

import dev.monarch.transfer.TransferProgress.CollectionProgress;

/** Counts the documents of one collection. One thread at a time writes; any thread may read. */
final class MeteredCollection {

    private final String name;

    private final CollectionProgress.Expected expected;

    private CollectionProgress current;

    MeteredCollection(String name, CollectionProgress.Expected expected) {
        this.name = name;
        this.expected = expected;
        this.current = new CollectionProgress(name, 0, 0, expected, CollectionProgress.State.WAITING);
    }

    synchronized CollectionProgress progress() {
        return current;
    }

    private synchronized void to(long documents, long bytes, CollectionProgress.State state) {
        current = new CollectionProgress(name, documents, bytes, expected, state);
    }

    private void add(DocumentBatch batch) {
        CollectionProgress before = progress();
        to(before.documents() + batch.documents(), before.bytes() + batch.length(), CollectionProgress.State.RUNNING);
    }

    CollectionSink before(CollectionSink sink) {
        return new CollectionSink() {

            @Override
            public void documents(DocumentBatch batch) {
                sink.documents(batch);
                add(batch);
            }

            @Override
            public void restart() {
                sink.restart();
                to(0, 0, CollectionProgress.State.RUNNING);
            }

            @Override
            public void end() {
                sink.end();
                CollectionProgress before = progress();
                to(before.documents(), before.bytes(), CollectionProgress.State.ENDED);
            }
        };
    }
}
