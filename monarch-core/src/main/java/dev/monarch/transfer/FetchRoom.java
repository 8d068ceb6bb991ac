package dev.monarch.transfer;

import java.util.concurrent.Semaphore;

/**
 * Lets only so many scans have a reply of the server in memory as there is room for, however long it may be.
 *
 * <p>How long a reply is nobody knows before it is there; a server sends up to 16 MB, which stand in memory twice while
 * they are copied, and a driver's buffer may be twice as long as what is in it.
 */
final class FetchRoom {

    private static final long BYTES_OF_A_REPLY = 96L * 1024 * 1024;

    private final Semaphore replies;

    private FetchRoom(int replies) {
        this.replies = new Semaphore(replies, true);
    }

    static FetchRoom forWorkers(int workers) {
        long fitting = Runtime.getRuntime().maxMemory() / BYTES_OF_A_REPLY;
        return new FetchRoom((int) Math.max(1, Math.min(workers, fitting)));
    }

    Turn turn() {
        return new Turn();
    }

    /** The right of one scan to fetch, which it has now and then. For one thread. */
    final class Turn implements AutoCloseable {

        private boolean had;

        void take() throws InterruptedException {
            replies.acquire();
            had = true;
        }

        @Override
        public void close() {
            if (had) {
                had = false;
                replies.release();
            }
        }
    }
}
