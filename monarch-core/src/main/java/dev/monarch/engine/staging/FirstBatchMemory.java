package dev.monarch.engine.staging;

import java.util.concurrent.atomic.AtomicInteger;

/** Limits the memory for first batches that wait until it is known whether they are the only ones. Thread-safe. */
final class FirstBatchMemory {

    private static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;

    private static final int MAX_TOTAL_BYTES = 4 * MAX_BATCH_BYTES;

    private final AtomicInteger reserved = new AtomicInteger();

    /** Reserves memory for a batch. Returns false if there is not enough. */
    boolean reserve(int bytes) {
        if (bytes > MAX_BATCH_BYTES) {
            return false;
        }
        if (reserved.addAndGet(bytes) > MAX_TOTAL_BYTES) {
            reserved.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(int bytes) {
        reserved.addAndGet(-bytes);
    }
}
