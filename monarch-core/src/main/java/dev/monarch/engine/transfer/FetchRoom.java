package dev.monarch.engine.transfer;

import java.util.concurrent.Semaphore;

import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * Lets only so many scans have a reply of the server in memory as there is room for, however long it may be.
 *
 * <p>How long a reply is nobody knows before it is there; a server sends up to 16 MB, but no more than there is. It stands
 * in memory twice while it is copied, and a driver's buffer may be twice as long as what is in it.
 */
final class FetchRoom {

    private static final int KB = 1024;

    private static final int LONGEST_REPLY_KB = 16 * KB;

    /** How many times its own length a reply takes. */
    private static final int COPIES = 6;

    private final Semaphore room;

    private final int replyKb;

    private FetchRoom(Semaphore room, int replyKb) {
        this.room = room;
        this.replyKb = replyKb;
    }

    static FetchRoom ofThisProcess() {
        long fitting = Runtime.getRuntime().maxMemory() / COPIES / KB;
        int kb = (int) Math.max(LONGEST_REPLY_KB, Math.min(fitting, Integer.MAX_VALUE));
        return new FetchRoom(new Semaphore(kb, true), LONGEST_REPLY_KB);
    }

    /** Returns the same room for scans that find so much at most, as far as that is known. */
    FetchRoom forAll(CollectionProgress.Expected size) {
        long kb = size.bytes() < 0 ? LONGEST_REPLY_KB : 1 + size.bytes() / KB;
        return new FetchRoom(room, (int) Math.min(LONGEST_REPLY_KB, kb));
    }

    Turn turn() {
        return new Turn();
    }

    /** The right of one scan to fetch, which it has now and then. For one thread. */
    final class Turn implements AutoCloseable {

        private boolean had;

        void take() throws InterruptedException {
            room.acquire(replyKb);
            had = true;
        }

        @Override
        public void close() {
            if (had) {
                had = false;
                room.release(replyKb);
            }
        }
    }
}
