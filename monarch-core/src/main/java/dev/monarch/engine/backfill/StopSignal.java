package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.lock.HeldLock;

/** Asks a backfill to stop after its current batch, and ends its pauses. Safe for use by several threads. */
public final class StopSignal {

    private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

    private final ReentrantLock monitor = new ReentrantLock();

    private final Condition stop = monitor.newCondition();

    private @Nullable Thread waiting;

    private boolean stopped;

    /** Stops everything that asks this signal, for ever. */
    public void set() {
        monitor.lock();
        try {
            stopped = true;
            stop.signalAll();
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            monitor.unlock();
        }
    }

    public boolean isSet() {
        monitor.lock();
        try {
            return stopped;
        } finally {
            monitor.unlock();
        }
    }

    /** Waits. Returns earlier if the signal is set. */
    public void await(Duration pause) {
        monitor.lock();
        try {
            long left = pause.toNanos();
            while (!stopped && left > 0) {
                left = stop.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted in the pause of a backfill", e);
        } finally {
            monitor.unlock();
        }
    }

    /** Waits before a retry of what failed for a moment. Throws if the lock is lost meanwhile. */
    void awaitRetry(HeldLock lock) {
        lock.ensureHeld();
        await(BEFORE_RETRY);
    }

    /** Runs what may wait for long, and interrupts it if the signal is set. */
    <T> T interrupting(Supplier<T> work) {
        mark(Thread.currentThread());
        try {
            return work.get();
        } finally {
            mark(null);
            if (isSet()) {
                // The interrupt was ours.
                Thread.interrupted();
            }
        }
    }

    private void mark(@Nullable Thread thread) {
        monitor.lock();
        try {
            waiting = thread;
            if (stopped && thread != null) {
                thread.interrupt();
            }
        } finally {
            monitor.unlock();
        }
    }

    /** {@return what is left of a pause, at most a second} */
    static Duration slice(long nanos) {
        return Duration.ofNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(1)));
    }
}
