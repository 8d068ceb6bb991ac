package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * Limits the bytes per second of all threads together. A change applies at once, also to threads that wait.
 *
 * <p>Each thread waits until as many bytes are allowed as were reserved up to its own. Idle time is not credited.
 */
final class RateLimit {

    private static final double NANOS = 1e9;

    /** A waiting thread looks at the limit at least as often. */
    private static final long LONGEST_PARK = Duration.ofMillis(50).toNanos();

    private final LongAdder passed = new LongAdder();

    private volatile double bytesPerNano;

    /** How many bytes were allowed when the limit was changed last. */
    private double allowedBefore;

    private long changedAt = System.nanoTime();

    private double reserved;

    private RateLimit(double bytesPerNano) {
        this.bytesPerNano = bytesPerNano;
    }

    static RateLimit of(@Nullable DataSize perSecond) {
        return new RateLimit(bytesPerSecond(perSecond) / NANOS);
    }

    private static double bytesPerSecond(@Nullable DataSize perSecond) {
        return perSecond == null ? Double.POSITIVE_INFINITY : perSecond.toBytes();
    }

    /** Changes the limit. Null removes it. */
    void set(@Nullable DataSize perSecond) {
        set(bytesPerSecond(perSecond));
    }

    /** Changes the limit. */
    synchronized void set(double bytesPerSecond) {
        allowedBefore = allowed();
        changedAt = System.nanoTime();
        bytesPerNano = bytesPerSecond / NANOS;
    }

    /** {@return how many bytes have passed} */
    long passed() {
        return passed.sum();
    }

    /** Waits after reading bytes until reading may continue. Returns how long it waited, in nanoseconds. */
    long pass(int bytes) {
        passed.add(bytes);
        if (isUnlimited()) {
            return 0;
        }
        long begun = System.nanoTime();
        double until = reserve(bytes);
        long left = left(until);
        if (left <= 0) {
            return 0;
        }
        for (; left > 0; left = left(until)) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PARK));
            if (Thread.currentThread().isInterrupted()) {
                throw new MongoInterruptedException("Interrupted by the rate limit", new InterruptedException());
            }
        }
        return System.nanoTime() - begun;
    }

    private boolean isUnlimited() {
        return Double.isInfinite(bytesPerNano);
    }

    private synchronized double reserve(int bytes) {
        reserved = Math.max(reserved, allowed()) + bytes;
        return reserved;
    }

    /** {@return how long to wait until as many bytes are allowed, in nanoseconds} */
    private synchronized long left(double until) {
        return isUnlimited() ? 0 : (long) Math.ceil((until - allowed()) / bytesPerNano);
    }

    private synchronized double allowed() {
        return isUnlimited() ? reserved : allowedBefore + (System.nanoTime() - changedAt) * bytesPerNano;
    }
}
