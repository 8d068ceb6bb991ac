package dev.monarch.engine.migration;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import dev.monarch.OperationInterruptedException;

/**
 * The work of a run on its caller's thread, which another thread may interrupt or stop.
 *
 * <p>An interrupt by this class ends with the call that it interrupted. Any other interrupt stays set. Safe for use by
 * several threads.
 */
final class InterruptibleWork {

    private @Nullable Thread worker;

    private boolean interrupted;

    private boolean stopped;

    /** Code that may throw any exception. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    /** Runs something that another thread may interrupt. */
    void run(Body body) throws Exception {
        call(() -> {
            body.run();
            return this;
        });
    }

    /** Calls something that another thread may interrupt. */
    <R> R call(Callable<R> task) throws Exception {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            return task.call();
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

    /** Interrupts the current call, if there is one. */
    synchronized void interrupt() {
        if (worker != null) {
            interrupted = true;
            worker.interrupt();
        }
    }

    /** Interrupts the current call, and prevents further calls. */
    synchronized void stop() {
        stopped = true;
        interrupt();
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Throws if the run was stopped.
     *
     * @param operation the operation of the run
     * @param environment the environment of the run
     */
    void requireNotStopped(String operation, String environment) {
        if (isStopped()) {
            throw new OperationInterruptedException(operation, environment, null);
        }
    }
}
