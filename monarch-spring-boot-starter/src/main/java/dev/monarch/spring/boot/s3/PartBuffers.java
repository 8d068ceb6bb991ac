package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** Limits the memory for parts in progress. A caller that needs more waits until some is released. */
final class PartBuffers implements AutoCloseable {

    private final Semaphore room;

    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    /**
     * Creates the buffers.
     *
     * @param room the maximum number of bytes of all buffers in use
     */
    PartBuffers(int room) {
        this.room = new Semaphore(room, true);
    }

    byte[] take(int size) throws InterruptedException, IOException {
        room.acquire(size);
        if (closed) {
            room.release(size);
            throw new IOException("The upload was aborted");
        }
        byte[] buffer = free.poll();
        if (buffer != null && buffer.length == size) {
            return buffer;
        }
        // Buffers of another size would be kept in addition to the limit, without use.
        free.clear();
        return new byte[size];
    }

    void release(byte[] buffer) {
        free.add(buffer);
        room.release(buffer.length);
    }

    /** Ends all waiting: buffers in use may never be released. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            room.release(Integer.MAX_VALUE / 2);
        }
    }
}
