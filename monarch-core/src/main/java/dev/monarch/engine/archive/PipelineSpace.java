package dev.monarch.engine.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The free space of a pipeline. It counts bytes, so that many small frames can continue while one thread is slow.
 * Thread-safe.
 */
final class PipelineSpace {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** Slightly more than a source's batch with its block header and terminator. */
    private static final int LARGE_FRAME = 4 * 1024 * 1024 + 64 * 1024;

    /** Limits the pipeline on machines with many processors and little memory. */
    private static final int HEAP_FRACTION = 12;

    /** The minimum size that is counted for a frame, because every frame has an overhead. */
    private static final int MIN_BYTES = 16 * 1024;

    private final int capacity;

    private final Semaphore free;

    private final LongAdder waited = new LongAdder();

    /** Throws if the pipeline has failed. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    private PipelineSpace(int capacity) {
        this.capacity = capacity;
        this.free = new Semaphore(capacity, true);
    }

    /** Creates the space for a number of compressing threads. */
    static PipelineSpace of(int threads) {
        long requested = (threads + 2L) * LARGE_FRAME;
        long fitting = Runtime.getRuntime().maxMemory() / HEAP_FRACTION;
        return new PipelineSpace(
                (int) Math.min(Integer.MAX_VALUE, Math.max(LARGE_FRAME, Math.min(requested, fitting))));
    }

    /**
     * Waits for space.
     *
     * @param bytes the size of the frame
     * @param check checks for a failure while it waits, because after a failure nothing may release any bytes
     * @return how many bytes to release
     */
    int reserve(int bytes, Check check) throws IOException, InterruptedException {
        int taken = Math.max(MIN_BYTES, Math.min(capacity, bytes));
        long begun = System.nanoTime();
        while (!free.tryAcquire(taken, POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            check.run();
        }
        waited.add(System.nanoTime() - begun);
        return taken;
    }

    void release(int bytes) {
        free.release(bytes);
    }

    /** {@return how long all callers have waited for space, in nanoseconds} */
    long waited() {
        return waited.sum();
    }
}
