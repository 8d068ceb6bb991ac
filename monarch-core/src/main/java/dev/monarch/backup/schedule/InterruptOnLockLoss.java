package dev.monarch.backup.schedule;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.LockLostException;
import dev.monarch.engine.lock.HeldLock;

/** Interrupts the thread that created it when a lock is lost, until it is closed. */
final class InterruptOnLockLoss implements AutoCloseable {

    private final Thread worker = Thread.currentThread();

    private boolean closed;

    private @Nullable LockLostException loss;

    InterruptOnLockLoss(HeldLock lock) {
        lock.onLost(this::interrupt);
    }

    private synchronized void interrupt(LockLostException lost) {
        if (!closed) {
            loss = lost;
            worker.interrupt();
        }
    }

    /** Returns how the lock was lost, if it was. */
    synchronized Optional<LockLostException> loss() {
        return Optional.ofNullable(loss);
    }

    /** An interrupt that came from here does not outlive it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (loss != null) {
            Thread.interrupted();
        }
    }
}
