package dev.monarch.engine.staging;

import java.util.concurrent.atomic.AtomicInteger;

/** Room for first batches of which nobody knows yet whether they are all there is. Thread-safe. */
final class HeldBatches {

    private static final int LONGEST = 2 * 1024 * 1024;

    private static final int ALL_TOGETHER = 4 * LONGEST;

    private final AtomicInteger held = new AtomicInteger();

    /** Takes room for a batch, if there is some. */
    boolean take(int bytes) {
        if (bytes > LONGEST) {
            return false;
        }
        if (held.addAndGet(bytes) > ALL_TOGETHER) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(int bytes) {
        held.addAndGet(-bytes);
    }
}
