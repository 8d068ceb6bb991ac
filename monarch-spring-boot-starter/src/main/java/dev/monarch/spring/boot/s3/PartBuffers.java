package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Memory for parts under way, of which there is only so much; who wants more waits until some is given back. */
final class PartBuffers implements AutoCloseable {

    private final Semaphore room;

    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    /**
     * Creates the buffers.
     *
     * @param room how many bytes all that are out may have together
     */
    PartBuffers(int room) {
        this.room = new Semaphore(room, true);
    }

    byte[] take(int size) throws InterruptedException, IOException {
        room.acquire(size);
        if (closed) {
            room.release(size);
            throw new IOException("The upload was given up");
        }
        byte[] buffer = free.poll();
        if (buffer != null && buffer.length == size) {
            return buffer;
        }
        // Those of another size would be kept in vain, beside as many as there is room for.
        free.clear();
        return new byte[size];
    }

    void giveBack(byte[] buffer) {
        free.add(buffer);
        room.release(buffer.length);
    }

    /** Lets nobody wait any more: what is still out may never come back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            room.release(Integer.MAX_VALUE / 2);
        }
    }
}
