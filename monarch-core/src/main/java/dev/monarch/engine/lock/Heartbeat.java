package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.environment.LockSettings;

/**
 * Renews one lease on a thread of its own until it is stopped, or the lock is lost.
 *
 * <p>The lease is counted from the moment before the last successful renewal was sent, on this process's monotonic
 * clock: whatever stopped the process or the network for longer than that has lost the lock, whether or not anybody has
 * taken it yet.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

    private final LockCollection collection;

    private final String token;

    private final LockSettings settings;

    private final Consumer<String> onLost;

    private final ReentrantLock monitor = new ReentrantLock();

    private final Condition stop = monitor.newCondition();

    private final Thread thread;

    private volatile long renewedAt;

    private boolean stopped;

    Heartbeat(
            LockCollection collection, String token, LockSettings settings, long acquiredAt, Consumer<String> onLost) {
        this.collection = collection;
        this.token = token;
        this.settings = settings;
        this.renewedAt = acquiredAt;
        this.onLost = onLost;
        this.thread = new Thread(this::run, "monarch-heartbeat");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    boolean isLeaseOver() {
        return remaining().isNegative();
    }

    private Duration remaining() {
        return settings.lease().minusNanos(System.nanoTime() - renewedAt);
    }

    private void run() {
        Duration pause = settings.heartbeat();
        while (!isStoppedAfter(pause)) {
            long before = System.nanoTime();
            Duration remaining = remaining();
            if (remaining.isNegative() || remaining.isZero()) {
                onLost.accept(
                        "the lease of " + settings.lease().toSeconds()
                                + " s ran out before it could be renewed (the process was stopped, or the server out of reach)");
                return;
            }
            try {
                if (!collection.heartbeat(token, atLeastAMillisecond(remaining))) {
                    onLost.accept(whoHasItNow());
                    return;
                }
                renewedAt = before;
                pause = settings.heartbeat();
            } catch (RuntimeException e) {
                // Also what is no MongoException, such as that of a client that was closed: a thread that ended here
                // would leave the holder believing that the lock is still its own.
                log.debug("Heartbeat failed, trying again while the lease lasts", e);
                pause = settings.retryInterval();
            }
        }
    }

    private String whoHasItNow() {
        return collection
                .peek(settings.heartbeat())
                .map(now -> now.isFree() ? "somebody released it" : "it is now held by " + now.holder())
                .orElse("the lock document is gone");
    }

    private static Duration atLeastAMillisecond(Duration duration) {
        return duration.toMillis() > 0 ? duration : Duration.ofMillis(1);
    }

    private boolean isStoppedAfter(Duration pause) {
        monitor.lock();
        try {
            long nanos = pause.toNanos();
            while (!stopped && nanos > 0) {
                nanos = stop.awaitNanos(nanos);
            }
            return stopped;
        } catch (InterruptedException e) {
            // Nobody but the JVM's end interrupts this thread.
            return true;
        } finally {
            monitor.unlock();
        }
    }

    /** Stops renewing and waits until no renewal is under way. */
    @Override
    public void close() {
        monitor.lock();
        try {
            stopped = true;
            stop.signalAll();
        } finally {
            monitor.unlock();
        }
        if (Thread.currentThread() != thread) {
            Uninterrupted.run(this::awaitEnd);
        }
    }

    private void awaitEnd() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
