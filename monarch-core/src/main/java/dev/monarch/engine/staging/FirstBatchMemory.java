package dev.monarch.engine.staging;

import java.util.concurrent.atomic.AtomicInteger;

/** Limits the memory for first batches that wait until it is known whether they are the only ones. Thread-safe. */
final class FirstBatchMemory {

    private static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;

    private static final int MAX_TOTAL_BYTES = 4 * MAX_BATCH_BYTES;

    private final AtomicInteger held = new AtomicInteger();

    /** Reserves memory for a batch. Returns false if there is not enough. */
    boolean take(int bytes) {
        if (bytes > MAX_BATCH_BYTES) {
            return false;
        }
        if (held.addAndGet(bytes) > MAX_TOTAL_BYTES) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(int bytes) {
        held.addAndGet(-bytes);
    }
}
