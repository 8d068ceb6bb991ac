package dev.monarch.engine.transfer;

import java.util.concurrent.Semaphore;

import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Limits how many scans have a server reply in memory at the same time.
 *
 * <p>The length of a reply is unknown before it arrives. It is at most 16 MB, and at most the size of the result. A
 * reply is in memory twice while it is copied, and the driver's buffer may be twice as long as its content.
 */
final class FetchBudget {

    private static final int KB = 1024;

    private static final int LONGEST_REPLY_KB = 16 * KB;

    /** How much memory a reply needs, as a multiple of its length. */
    private static final int COPIES = 6;

    private final Semaphore availableKb;

    private final int replyKb;

    private FetchBudget(Semaphore availableKb, int replyKb) {
        this.availableKb = availableKb;
        this.replyKb = replyKb;
    }

    static FetchBudget ofThisProcess() {
        long fitting = Runtime.getRuntime().maxMemory() / COPIES / KB;
        int kb = (int) Math.max(LONGEST_REPLY_KB, Math.min(fitting, Integer.MAX_VALUE));
        return new FetchBudget(new Semaphore(kb, true), LONGEST_REPLY_KB);
    }

    /** {@return a view of this budget for scans with results of an expected size} */
    FetchBudget forResult(CollectionProgress.Expected size) {
        long kb = size.bytes() < 0 ? LONGEST_REPLY_KB : 1 + size.bytes() / KB;
        return new FetchBudget(availableKb, (int) Math.min(LONGEST_REPLY_KB, kb));
    }

    Permit permit() {
        return new Permit();
    }

    /** The permission of one scan to fetch a reply. For one thread. */
    final class Permit implements AutoCloseable {

        private boolean held;

        void take() throws InterruptedException {
            availableKb.acquire(replyKb);
            held = true;
        }

        @Override
        public void close() {
            if (held) {
                held = false;
                availableKb.release(replyKb);
            }
        }
    }
}
