package dev.monarch.spring.boot.s3;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The threads that send or download parts. */
final class PartThreads implements AutoCloseable {

    private static final long CLOSE_TIMEOUT_SECONDS = 30;

    private final ExecutorService threads;

    PartThreads(int parallel, String name) {
        threads = Executors.newFixedThreadPool(parallel, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    <T> Future<T> submit(Callable<T> part) {
        return threads.submit(part);
    }

    /** Interrupts running tasks, and waits until all have ended, at most half a minute. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
