package dev.monarch.engine.backfill;

import java.util.concurrent.TimeUnit;

/**
 * Chooses the number of documents in a batch so that each batch takes about the same time, as GitLab's batched background
 * migrations do. For one thread.
 */
final class BatchSize {

    private static final long AIM = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int FIRST = 100;

    private static final int SMALLEST = 10;

    private static final int LARGEST = 20_000;

    private static final double MOST_CHANGE = 2;

    private final long begun = System.nanoTime();

    private int documents = FIRST;

    private long examined;

    int documents() {
        return documents;
    }

    /** Takes the time of a batch, in nanoseconds, without the pauses. */
    void measured(long elapsed) {
        examined += documents;
        double change = Math.max(1 / MOST_CHANGE, Math.min(MOST_CHANGE, (double) AIM / Math.max(1, elapsed)));
        documents = (int) Math.max(SMALLEST, Math.min(LARGEST, documents * change));
    }

    /** {@return the documents per second since the start, with the pauses} */
    double perSecond() {
        return examined * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, System.nanoTime() - begun);
    }
}
