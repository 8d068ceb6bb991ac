package dev.monarch.engine.transfer;

import dev.monarch.transfer.CollectionDescription;

/**
 * Takes a database, or a part of one.
 *
 * <p>The source calls {@link #begin} once; then, from several threads, {@link #collection} once for everything in the
 * catalogue, views included. Whoever started the transfer then completes and closes the sink itself.
 */
public interface TransferSink {

    /**
     * Says what is to come.
     *
     * @param catalogue what is to come, and nothing else
     */
    void begin(Catalogue catalogue);

    /**
     * Opens one collection.
     *
     * @param collection one of the catalogue's
     * @return where its documents go; ended even if there are none
     */
    CollectionSink collection(CollectionDescription collection);
}
