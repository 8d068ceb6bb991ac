package dev.monarch.engine.staging;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the batches of a collection that are not written yet. One more represents the end of the collection.
 * Thread-safe.
 */
final class OpenBatches {

    private static final long PAUSE_MILLIS = 100;

    private final LoadWorkers workers;

    private final AtomicInteger open = new AtomicInteger(1);

    OpenBatches(LoadWorkers workers) {
        this.workers = workers;
    }

    void begin() {
        open.incrementAndGet();
    }

    /**
     * Records that a batch was written, or that no more will follow.
     *
     * @param finish called after the last one
     */
    void end(Runnable finish) {
        if (open.decrementAndGet() == 0) {
            finish.run();
        }
        synchronized (open) {
            open.notifyAll();
        }
    }

    /** Waits until all batches received so far are written. */
    void awaitWritten() {
        synchronized (open) {
            while (open.get() > 1) {
                try {
                    open.wait(PAUSE_MILLIS);
                    workers.requireNoFailure();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw LoadWorkers.interrupted(e);
                }
            }
        }
    }
}
