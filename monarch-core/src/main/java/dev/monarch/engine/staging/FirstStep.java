package dev.monarch.engine.staging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.monarch.engine.transfer.TransferWorkers;

/**
 * The step of a load that other threads wait for: the creation of a collection. Thread-safe.
 *
 * <p>A load that fails may skip the step, and then interrupts those who wait.
 */
final class FirstStep {

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Runs the step. Whatever it throws, those who wait receive it, too. */
    void run(Runnable step) {
        try {
            step.run();
            done.complete(null);
        } catch (Throwable e) {
            done.completeExceptionally(e);
            throw e;
        }
    }

    /**
     * Waits until the step has been run.
     *
     * @throws com.mongodb.MongoInterruptedException if the thread is interrupted
     */
    void await() {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoadWorkers.interrupted(e);
        } catch (ExecutionException e) {
            throw TransferWorkers.unchecked(e);
        }
    }
}
