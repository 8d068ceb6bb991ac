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

/**
 * The threads that load: some that insert, some that build indexes meanwhile.
 *
 * <p>Only so many batches are under way at once; who gives another one waits. The first failure stops everything.
 */
final class LoadWorkers implements AutoCloseable {

    /** As many as a server builds at once by default. */
    private static final int INDEX_BUILDS = 3;

    /** More room than is ever waited for. */
    private static final int ALL = 1_000_000;

    /** What a batch usually has; who has more takes more room. */
    private static final int USUAL_BYTES = 4 * 1024 * 1024;

    private final ExecutorService inserting;

    private final ExecutorService finishing;

    private final int places;

    private final Semaphore room;

    private final AtomicInteger open = new AtomicInteger(1);

    private final CompletableFuture<Void> allDone = new CompletableFuture<>();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    LoadWorkers(int inserts) {
        inserting = Executors.newFixedThreadPool(inserts, task -> daemon(task, "monarch-insert"));
        finishing = Executors.newFixedThreadPool(INDEX_BUILDS, task -> daemon(task, "monarch-index"));
        places = inserts + 1;
        room = new Semaphore(places, true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Has something done before all inserts that are given later. */
    void prepare(Runnable task) {
        start(inserting, task, () -> {});
    }

    /**
     * Has a batch inserted, and waits until there is room for it.
     *
     * @param bytes how long it is
     */
    void insert(int bytes, Runnable task) {
        int taken = Math.min(places, 1 + (bytes - 1) / USUAL_BYTES);
        try {
            room.acquire(taken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        }
        start(inserting, task, () -> room.release(taken));
    }

    /** Has what is left to do done for a collection all of whose documents are written. */
    void finish(Runnable task) {
        start(finishing, task, () -> {});
    }

    private void start(ExecutorService threads, Runnable task, Runnable afterwards) {
        requireNoFailure();
        open.incrementAndGet();
        try {
            threads.execute(() -> run(task, afterwards));
        } catch (RejectedExecutionException e) {
            // Somebody has failed since it was asked for.
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

    /** Stops everything that has not begun, and interrupts what has. */
    void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            allDone.complete(null);
            inserting.shutdownNow();
            finishing.shutdownNow();
            // What was not begun gives no room back; whoever waits for it is to see the failure.
            room.release(ALL);
        }
    }

    private void ended() {
        if (open.decrementAndGet() == 0) {
            allDone.complete(null);
        }
    }

    /** Waits until everything that was given is done. */
    void awaitAll() {
        ended();
        try {
            allDone.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        requireNoFailure();
    }

    static MongoInterruptedException interrupted(InterruptedException cause) {
        return new MongoInterruptedException("Interrupted while documents were written", cause);
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

    /** Ends all threads; must not be called on an interrupted one, which would not wait. */
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
