package dev.monarch.engine.transfer;

/** Gives a database, or a part of one, to a sink. */
public interface TransferSource {

    /**
     * Gives everything, and returns when the sink has taken it.
     *
     * @param sink takes it
     * @throws dev.monarch.MonarchException if something cannot be read, or is not right; the sink has then not been told
     *     the end of what is wrong
     */
    void transferTo(TransferSink sink);
}
