package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.MongoInterruptedException;

/**
 * Runs tasks on several threads, until all have ended or one has failed.
 *
 * <p>When a task fails or the caller is interrupted, all other tasks are interrupted. The caller returns after all
 * threads have ended.
 */
public final class TransferWorkers {

    private TransferWorkers() {}

    /**
     * Runs all tasks and waits for them.
     *
     * @param name the prefix of the thread names
     * @param concurrency how many tasks run at the same time
     * @param tasks the tasks, started in this order
     * @throws MongoInterruptedException if the caller's thread is interrupted; its interrupt status is kept
     */
    public static void runAll(String name, int concurrency, Collection<? extends Runnable> tasks) {
        if (tasks.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(concurrency, tasks.size()), named(name));
        try {
            CompletionService<Void> running = new ExecutorCompletionService<>(threads);
            List<Future<Void>> futures = new ArrayList<>();
            tasks.forEach(task -> futures.add(running.submit(task, null)));
            for (int ended = 0; ended < futures.size(); ended++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw unchecked(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted while waiting for other threads", e);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** Returns what a task threw, to throw it again. Throws an error itself. */
    public static RuntimeException unchecked(ExecutionException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }

    private static void awaitEnd(ExecutorService threads) {
        boolean interrupted = false;
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
