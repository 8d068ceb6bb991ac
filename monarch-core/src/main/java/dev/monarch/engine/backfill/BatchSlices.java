package dev.monarch.engine.backfill;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.transfer.TransferPace;

/**
 * Divides the writes of a batch into slices, and waits after each for as long as the rate demands.
 *
 * <p>An application that uses the same server waits for one slice at most. A slice is shorter than a batch, because a batch also
 * reads a range and stores the progress, which takes as long for few documents as for many. For one thread.
 */
final class BatchSlices implements DocumentGroups.Slices, AutoCloseable {

    /** A little longer than a majority of the members needs to confirm one document. */
    private static final long AIM = TimeUnit.MILLISECONDS.toNanos(15);

    /** Fewer documents would take as long, because most of that time is spent waiting for a majority. */
    private static final int SMALLEST = 16;

    private static final int LARGEST = DocumentGroups.Slices.NONE.documents();

    private static final double MOST_CHANGE = 1.5;

    private final BackfillThrottle throttle;

    private final Supplier<Rate> rate;

    private final BooleanSupplier goesOn;

    private double documents = SMALLEST;

    private boolean limited;

    private TransferPace.@Nullable Slot slot;

    private long begun;

    private long worked;

    private int written;

    private long changed;

    private long bytes;

    /**
     * Creates it.
     *
     * @param throttle waits
     * @param rate the current rate
     * @param goesOn tells at least every second whether to go on waiting
     */
    BatchSlices(BackfillThrottle throttle, Supplier<Rate> rate, BooleanSupplier goesOn) {
        this.throttle = throttle;
        this.rate = rate;
        this.goesOn = goesOn;
    }

    /** Waits until a batch may begin. */
    void beginBatch() {
        worked = 0;
        begin();
    }

    private void begin() {
        written = 0;
        changed = 0;
        bytes = 0;
        Rate now = rate.get();
        Double share = now.dutyCycle();
        limited = share != null && share < 1 || now.documentsPerSecond() != null;
        slot = throttle.begin();
        begun = System.nanoTime();
    }

    @Override
    public int documents() {
        return limited ? (int) documents : LARGEST;
    }

    /** Tells whether the rate was limited when the current slice began. */
    boolean isLimited() {
        return limited;
    }

    /** Waits after the previous slice of the batch, if there is one. At full rate, a batch is one slice. */
    @Override
    public void awaitNext() {
        if (written > 0 && limited) {
            boolean full = written >= (int) documents;
            long elapsed = pause();
            if (full) {
                resize(elapsed);
            }
            begin();
        }
    }

    private void resize(long elapsed) {
        double change = (double) AIM / Math.max(1, elapsed);
        documents *= Math.max(1 / MOST_CHANGE, Math.min(MOST_CHANGE, change));
        documents = Math.max(SMALLEST, Math.min(LARGEST, documents));
    }

    @Override
    public void add(int group, long changedNow, long length) {
        written += group;
        changed += changedNow;
        bytes += length;
    }

    /**
     * Ends the batch, and waits after its last slice.
     *
     * @return how long it took without the pauses, in nanoseconds
     */
    long endBatch() {
        pause();
        return worked;
    }

    private long pause() {
        close();
        long elapsed = System.nanoTime() - begun;
        worked += elapsed;
        throttle.after(elapsed, changed, bytes, rate.get(), goesOn);
        return elapsed;
    }

    /** Lets others use the server, also after a failure. */
    @Override
    public void close() {
        TransferPace.Slot held = slot;
        slot = null;
        if (held != null) {
            held.close();
        }
    }
}
