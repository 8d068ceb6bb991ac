package dev.monarch.engine.migration;

import org.jspecify.annotations.Nullable;

/**
 * Work on the caller's thread that another thread may interrupt, but only while it runs.
 *
 * <p>An interrupt by {@link #interrupt()} ends with the work. Any other interrupt stays set.
 */
final class InterruptibleWork {

    private @Nullable Thread worker;

    private boolean interrupted;

    /** An action that may throw any exception. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    void run(Work work) throws Exception {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            work.run();
        } finally {
            finish();
        }
    }

    private synchronized void finish() {
        worker = null;
        if (interrupted) {
            Thread.interrupted();
            interrupted = false;
        }
    }

    synchronized void interrupt() {
        if (worker != null) {
            interrupted = true;
            worker.interrupt();
        }
    }
}
