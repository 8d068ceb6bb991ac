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
 * Renews a lease on its own thread until it is stopped or the lock is lost.
 *
 * <p>The lease counts from the moment before the last successful renewal was sent, on this process's monotonic clock.
 * If the process or the network stopped for longer than the lease, the lock is lost, even if no other process has
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
        while (!isStoppedWithin(pause)) {
            long before = System.nanoTime();
            Duration remaining = remaining();
            if (remaining.isNegative() || remaining.isZero()) {
                onLost.accept(
                        "the lease of " + settings.lease().toSeconds()
                                + " s expired before it could be renewed (the process was paused, or the server was unreachable)");
                return;
            }
            try {
                if (!collection.heartbeat(token, atLeastOneMillisecond(remaining))) {
                    onLost.accept(currentHolder());
                    return;
                }
                renewedAt = before;
                pause = settings.heartbeat();
            } catch (RuntimeException e) {
                // Not only a MongoException: a closed client throws others. If this thread ended here, the holder
                // would believe that it still has the lock.
                log.debug("The heartbeat failed; trying again until the lease expires", e);
                pause = settings.retryInterval();
            }
        }
    }

    private String currentHolder() {
        return collection
                .peek(settings.heartbeat())
                .map(now -> now.isFree() ? "another process released it" : "it is now held by " + now.holder())
                .orElse("the lock document is gone");
    }

    private static Duration atLeastOneMillisecond(Duration duration) {
        return duration.toMillis() > 0 ? duration : Duration.ofMillis(1);
    }

    private boolean isStoppedWithin(Duration pause) {
        monitor.lock();
        try {
            long nanos = pause.toNanos();
            while (!stopped && nanos > 0) {
                nanos = stop.awaitNanos(nanos);
            }
            return stopped;
        } catch (InterruptedException e) {
            // Only the end of the JVM interrupts this thread.
            return true;
        } finally {
            monitor.unlock();
        }
    }

    /** Stops renewing, and waits until no renewal is in progress. */
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
