package dev.monarch.engine.transfer;

import java.util.function.LongSupplier;

/**
 * Predicts whether a collection can be read before the server discards its snapshot. A read that is too slow for that loses
 * less if it ends early.
 *
 * <p>The rate is that of all collections together, because the last ones have it for themselves. So what is too slow for
 * this forecast is too slow. For one thread.
 */
final class SnapshotForecast {

    /** A rate is known after this part of the time. */
    private static final double EARLIEST = 0.2;

    /** A forecast at the beginning may be wrong by this part, and one at the end by nothing. */
    private static final double TOLERANCE = 0.25;

    private final double length;

    private final SnapshotWindow window;

    private final LongSupplier nanoTime;

    private final LongSupplier read;

    private final long begun;

    private final long readBefore;

    /**
     * Begins now.
     *
     * @param window how long the server keeps the snapshot
     * @param nanoTime the time in nanoseconds
     * @param read how many bytes of all collections were read so far
     */
    SnapshotForecast(SnapshotWindow window, LongSupplier nanoTime, LongSupplier read) {
        this.length = window.length().toNanos();
        this.window = window;
        this.nanoTime = nanoTime;
        this.read = read;
        this.begun = nanoTime.getAsLong();
        this.readBefore = read.getAsLong();
    }

    /**
     * Tells whether the server will discard the snapshot first.
     *
     * @param left how many bytes of the collection are left; not positive if that is unknown
     */
    boolean isTooLate(long left) {
        long now = nanoTime.getAsLong();
        if (left <= 0 || now - begun < EARLIEST * length) {
            return false;
        }
        double age = now - window.begun();
        double tolerated = TOLERANCE * Math.max(0, length - age);
        return age + nanos(left, now) > length + tolerated;
    }

    /**
     * Tells whether a new snapshot would be kept for long enough to read a collection.
     *
     * @param bytes the length of the collection
     */
    boolean fitsNewSnapshot(long bytes) {
        return nanos(bytes, nanoTime.getAsLong()) < length;
    }

    private double nanos(long bytes, long now) {
        return bytes * (double) (now - begun) / Math.max(1, read.getAsLong() - readBefore);
    }
}
