package dev.monarch.engine.staging;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.StageTimes;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.transfer.TransferProgress.Limit.Stage;

/**
 * The threads of a load: some insert, others build indexes.
 *
 * <p>The number of batches in progress is limited; a caller with another batch waits. The first failure stops
 * everything.
 */
final class LoadWorkers implements AutoCloseable {

    /** As many index builds as a server runs concurrently by default. */
    private static final int INDEX_BUILDS = 3;

    /** More permits than are ever needed. */
    private static final int ALL = 1_000_000;

    /** The usual size of a batch. A larger batch takes more permits. */
    private static final int USUAL_BATCH_BYTES = 4 * 1024 * 1024;

    private final ExecutorService inserting;

    private final ExecutorService finishing;

    private final int maxPermits;

    private final Semaphore permits;

    private final AtomicInteger open = new AtomicInteger(1);

    private final CompletableFuture<Void> allDone = new CompletableFuture<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private final StageTimes times;

    LoadWorkers(TransferPace pace) {
        int inserts = pace.workers();
        times = pace.times();
        inserting = Executors.newFixedThreadPool(inserts, task -> daemon(task, "monarch-insert"));
        finishing = Executors.newFixedThreadPool(INDEX_BUILDS, task -> daemon(task, "monarch-index"));
        maxPermits = inserts + 1;
        permits = new Semaphore(maxPermits, true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task before all inserts that are submitted later. */
    void prepare(Runnable task) {
        start(inserting, task, () -> {});
    }

    /**
     * Submits the insert of a batch, and waits until there is space for it.
     *
     * @param bytes the size of the batch
     */
    void insert(int bytes, Runnable task) {
        int taken = Math.min(maxPermits, 1 + (bytes - 1) / USUAL_BATCH_BYTES);
        try {
            long begun = System.nanoTime();
            permits.acquire(taken);
            times.add(Stage.TARGET, System.nanoTime() - begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
        start(inserting, task, () -> permits.release(taken));
    }

    /** Submits the last task for a collection whose documents are all written. */
    void finish(Runnable task) {
        start(finishing, task, () -> {});
    }

    private void start(ExecutorService threads, Runnable task, Runnable afterwards) {
        requireNoFailure();
        open.incrementAndGet();
        try {
            threads.execute(() -> run(task, afterwards));
        } catch (RejectedExecutionException e) {
            // Another task has failed since this one was submitted.
            requireNoFailure();
            throw e;
        }
    }

    private void run(Runnable task, Runnable afterwards) {
        try {
            if (failure.get() == null) {
                task.run();
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            afterwards.run();
            ended();
        }
    }

    /** Stops all tasks that have not started, and interrupts the others. */
    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            allDone.complete(null);
            inserting.shutdownNow();
            finishing.shutdownNow();
            // Tasks that never start release no permits. Threads that wait for permits must see the failure.
            permits.release(ALL);
        }
    }

    private void ended() {
        if (open.decrementAndGet() == 0) {
            allDone.complete(null);
        }
    }

    /** Waits until all submitted tasks have ended. */
    void awaitAll() {
        ended();
        long begun = System.nanoTime();
        try {
            allDone.get();
            times.add(Stage.INDEXES, System.nanoTime() - begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        requireNoFailure();
    }

    static MongoInterruptedException interrupted(InterruptedException cause) {
        return new MongoInterruptedException("Interrupted while writing documents", cause);
    }

    void requireNoFailure() {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Ends all threads. Do not call it on an interrupted thread, which would not wait. */
    @Override
    public void close() {
        inserting.shutdownNow();
        finishing.shutdownNow();
        try {
            inserting.awaitTermination(1, TimeUnit.MINUTES);
            finishing.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
