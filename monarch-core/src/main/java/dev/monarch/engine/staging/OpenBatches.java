package dev.monarch.engine.staging;

import java.util.concurrent.atomic.AtomicInteger;

/** How many batches of a collection are not written yet, and one for the end that has not come. Thread-safe. */
final class OpenBatches {

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final LoadWorkers workers;

    private final AtomicInteger open = new AtomicInteger(1);

    OpenBatches(LoadWorkers workers) {
        this.workers = workers;
    }

    void begin() {
        open.incrementAndGet();
    }

    /**
     * Notes that a batch was written, or that no more come.
     *
     * @param finish is called if it was the last of all
     */
    void end(Runnable finish) {
        if (open.decrementAndGet() == 0) {
            finish.run();
        }
        synchronized (open) {
            open.notifyAll();
        }
    }

    /** Waits until all batches that have come are written. */
    void awaitWritten() {
        synchronized (open) {
            while (open.get() > 1) {
                try {
                    open.wait(MILLIS_BETWEEN_LOOKS);
                    workers.requireNoFailure();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw LoadWorkers.interrupted(e);
                }
            }
        }
    }
}
