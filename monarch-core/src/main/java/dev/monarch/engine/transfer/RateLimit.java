package dev.monarch.engine.transfer;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Limits the bytes per second of all threads together. */
final class RateLimit {

    private static final double NANOS = 1e9;

    private volatile double bytesPerNano;

    private final LongAdder passed = new LongAdder();

    private double due = System.nanoTime();

    private RateLimit(double bytesPerNano) {
        this.bytesPerNano = bytesPerNano;
    }

    static RateLimit of(@Nullable DataSize perSecond) {
        return new RateLimit(perSecond == null ? Double.POSITIVE_INFINITY : perSecond.toBytes() / NANOS);
    }

    /** Changes the limit. What waits already waits as long as before. */
    void set(double bytesPerSecond) {
        bytesPerNano = bytesPerSecond / NANOS;
    }

    /** {@return how many bytes have passed} */
    long passed() {
        return passed.sum();
    }

    /** Waits after reading bytes until reading may continue. Returns how long it waited, in nanoseconds. */
    long pass(int bytes) {
        passed.add(bytes);
        long begun = System.nanoTime();
        double until = reserve(bytes);
        if (until <= begun) {
            return 0;
        }
        for (double left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos((long) left + 1);
            if (Thread.currentThread().isInterrupted()) {
                throw new MongoInterruptedException("Interrupted by the rate limit", new InterruptedException());
            }
        }
        return System.nanoTime() - begun;
    }

    /** Idle time is not credited. */
    private synchronized double reserve(int bytes) {
        due = Math.max(due, System.nanoTime()) + bytes / bytesPerNano;
        return due;
    }
}
