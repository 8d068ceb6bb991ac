package dev.monarch.engine.lock;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.monarch.LockLostException;

/** Records whether a lock is lost, and calls a listener. Once lost, it stays lost. Safe for use by several threads. */
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

    /** Sets the listener, and calls it immediately if the lock is lost already. */
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
        Consumer<LockLostException> toCall;
        LockLostException exception;
        synchronized (this) {
            if (lost != null) {
                return lost;
            }
            exception = new LockLostException(environment, reason);
            lost = exception;
            toCall = closed ? null : listener;
        }
        if (toCall != null) {
            toCall.accept(exception);
        }
        return exception;
    }

    /** Stops calling the listener. Returns false if it was closed before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        return first;
    }
}
