package dev.monarch.engine.backfill;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads that write for a backfill at full rate. */
final class GroupWriters implements AutoCloseable {

    /** One writes while another waits for the members that confirm. */
    static final int NUMBER = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(NUMBER, task -> {
        Thread thread = new Thread(task, "monarch-backfill-writer");
        thread.setDaemon(true);
        return thread;
    });

    <T> Future<T> submit(Callable<T> task) {
        return threads.submit(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
