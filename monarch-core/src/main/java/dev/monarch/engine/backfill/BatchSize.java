package dev.monarch.engine.backfill;

import java.util.concurrent.TimeUnit;

import dev.monarch.backfill.Backfills.Rate;

/**
 * Chooses the number of documents in a batch so that each batch takes about the same time, as GitLab's batched background
 * migrations do. For one thread.
 */
final class BatchSize {

    /** Without the pauses between its slices. */
    private static final long AIM = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long AIM_AT_FULL_RATE = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int FIRST = 100;

    private static final int SMALLEST = 10;

    private static final int LARGEST = 20_000;

    private static final double MOST_CHANGE = 2;

    private final long begun = System.nanoTime();

    private int documents = FIRST;

    private long examined;

    /**
     * Returns the number of documents to examine. At a low rate, they take at most half a second, so that the changes do not
     * come in bursts.
     */
    int documents(Rate rate) {
        Long perSecond = rate.documentsPerSecond();
        return perSecond == null ? documents : (int) Math.max(1, Math.min(documents, perSecond / 2));
    }

    /** Takes the size and the time of a batch, in nanoseconds, without the pauses. */
    void measured(int batch, long elapsed, Rate rate) {
        examined += batch;
        if (batch < documents) {
            return;
        }
        Double share = rate.dutyCycle();
        long aim = share == null || share == 1 ? AIM_AT_FULL_RATE : AIM;
        double change = Math.max(1 / MOST_CHANGE, Math.min(MOST_CHANGE, (double) aim / Math.max(1, elapsed)));
        documents = (int) Math.max(SMALLEST, Math.min(LARGEST, documents * change));
    }

    /** {@return the documents per second since the start, with the pauses} */
    double perSecond() {
        return examined * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, System.nanoTime() - begun);
    }
}
