package dev.monarch.engine.transfer;

import java.util.function.BiFunction;

import dev.monarch.transfer.CollectionDescription;

/**
 * Receives a database, or a part of one.
 *
 * <p>The source calls {@link #begin} once. Then it calls {@link #collection} once for every collection of the
 * catalogue, including views, from several threads. The caller that started the transfer completes and closes the
 * sink.
 */
public interface TransferSink {

    /**
     * Announces the collections.
     *
     * @param catalogue exactly the collections that follow
     */
    void begin(Catalogue catalogue);

    /**
     * Opens a collection.
     *
     * @param collection a collection of the catalogue
     * @return receives its documents; the source also ends it if there are none
     */
    CollectionSink collection(CollectionDescription collection);

    /**
     * Wraps the sinks of the collections.
     *
     * @param each returns the sink to use instead of that of a collection
     * @return a sink that forwards everything else
     */
    default TransferSink wrapping(BiFunction<CollectionDescription, CollectionSink, CollectionSink> each) {
        return new TransferSink() {

            @Override
            public void begin(Catalogue catalogue) {
                TransferSink.this.begin(catalogue);
            }

            @Override
            public CollectionSink collection(CollectionDescription collection) {
                return each.apply(collection, TransferSink.this.collection(collection));
            }
        };
    }
}
