package dev.monarch.engine.transfer;

import java.util.concurrent.locks.LockSupport;

import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Lets only so many bytes pass in a second, over all threads together. */
final class TransferRate {

    private static final double NANOS = 1e9;

    private final double bytesPerNano;

    private double due = System.nanoTime();

    private TransferRate(double bytesPerNano) {
        this.bytesPerNano = bytesPerNano;
    }

    static TransferRate of(@Nullable DataSize perSecond) {
        return new TransferRate(perSecond == null ? Double.POSITIVE_INFINITY : perSecond.toBytes() / NANOS);
    }

    /** Waits until it is the turn of what comes after these bytes. */
    void pass(int bytes) {
        double until = reserve(bytes);
        for (double left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos((long) left + 1);
            if (Thread.currentThread().isInterrupted()) {
                throw new MongoInterruptedException(
                        "Interrupted while waiting for its turn", new InterruptedException());
            }
        }
    }

    /** Time in which nothing passed is not made up for. */
    private synchronized double reserve(int bytes) {
        due = Math.max(due, System.nanoTime()) + bytes / bytesPerNano;
        return due;
    }
}
