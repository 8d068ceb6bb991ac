package dev.monarch.engine.transfer;

/** Sends a database, or a part of one, to a sink. */
public interface TransferSource {

    /**
     * Sends all collections and returns when the sink has received them.
     *
     * @param sink receives the collections
     * @throws dev.monarch.MonarchException if something cannot be read or verified; the source has not ended that
     *     collection
     */
    void transferTo(TransferSink sink);
}
