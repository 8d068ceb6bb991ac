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

    /** {@return the loss of the lock, if it was lost} */
    synchronized Optional<LockLostException> loss() {
        return Optional.ofNullable(loss);
    }

    /** Clears an interrupt that this instance caused. */
    @Override
    public synchronized void close() {
        closed = true;
        if (loss != null) {
            Thread.interrupted();
        }
    }
}
