package dev.monarch.transfer;

/** Receives the progress of a transfer. Called by one thread at a time, which is not the caller's. */
@FunctionalInterface
public interface TransferListener {

    /** Ignores the progress. */
    TransferListener NONE = progress -> {};

    /**
     * Called about twice a second during a transfer, and once at its end.
     *
     * @param progress the current progress
     */
    void onProgress(TransferProgress progress);
}
