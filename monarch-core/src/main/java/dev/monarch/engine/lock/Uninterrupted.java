package dev.monarch.engine.lock;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Runs an action that must happen even if the current thread is interrupted.
 *
 * <p>On an interrupted thread the driver refuses to wait for a connection or an answer, and an interrupt may come at
 * any moment. So the action runs on its own thread, which no other code can interrupt.
 */
public final class Uninterrupted {

    private Uninterrupted() {}

    /**
     * Runs an action on another thread, and waits until it ends. An interrupt that arrives meanwhile is set again
     * afterwards.
     *
     * @param action the action; its exception is thrown here
     */
    public static void run(Runnable action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                "monarch-uninterrupted");
        thread.setDaemon(true);
        thread.start();
        await(done);
    }

    private static void await(Future<Void> done) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    done.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unchecked(Objects.requireNonNull(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception ? exception : new CompletionException(thrown);
    }
}
