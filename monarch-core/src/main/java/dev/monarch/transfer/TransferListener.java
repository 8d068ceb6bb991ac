package dev.monarch.transfer;

/** Is told now and then how far a transfer has come; by one thread at a time, which is not the caller's. */
@FunctionalInterface
public interface TransferListener {

    /** Listens to nothing. */
    TransferListener NONE = progress -> {};

    /**
     * Called about twice a second while a transfer is under way, and once at its end.
     *
     * @param progress how far it has come
     */
    void onProgress(TransferProgress progress);
}
