package dev.monarch.backup.schedule;

import dev.monarch.lock.HeldLock;

/** Interrupts the thread that created it when a lock is lost, until it is closed. */
final class InterruptingLoss implements AutoCloseable {

    private final Thread worker = Thread.currentThread();

    private boolean closed;

    private boolean lost;

    InterruptingLoss(HeldLock lock) {
        lock.onLost(loss -> interrupt());
    }

    private synchronized void interrupt() {
        if (!closed) {
            lost = true;
            worker.interrupt();
        }
    }

    synchronized boolean isLost() {
        return lost;
    }

    /** An interrupt that came from here does not outlive it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (lost) {
            Thread.interrupted();
        }
    }
}
