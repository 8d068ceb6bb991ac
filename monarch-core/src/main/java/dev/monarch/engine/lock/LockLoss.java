package dev.monarch.engine.lock;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.monarch.LockLostException;

/** Whether a lock is lost, and who is told. Once lost, it stays lost. Safe for use by several threads. */
final class LockLoss {

    private final String environment;

    private @Nullable LockLostException lost;

    private @Nullable Consumer<LockLostException> listener;

    private boolean closed;

    LockLoss(String environment) {
        this.environment = environment;
    }

    synchronized boolean isLost() {
        return lost != null;
    }

    synchronized void requireNone() {
        if (lost != null) {
            throw lost;
        }
    }

    /** Sets the one listener, and calls it at once if the lock is lost already. */
    void onLost(Consumer<LockLostException> newListener) {
        LockLostException already;
        synchronized (this) {
            listener = newListener;
            already = lost;
        }
        if (already != null) {
            newListener.accept(already);
        }
    }

    /** Records the loss, unless it is recorded already, and returns the same exception to every caller. */
    LockLostException lose(String reason) {
        Consumer<LockLostException> toTell;
        LockLostException exception;
        synchronized (this) {
            if (lost != null) {
                return lost;
            }
            exception = new LockLostException(environment, reason);
            lost = exception;
            toTell = closed ? null : listener;
        }
        if (toTell != null) {
            toTell.accept(exception);
        }
        return exception;
    }

    /** From now on no one is told of a loss; returns false if that was so before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
