package dev.monarch.engine.transfer;

import java.util.Arrays;

/** The latest latencies of one kind of operation, and the latency that it has without a transfer. For one thread. */
final class LatencyWindow {

    private static final int SAMPLES = 20;

    private static final double PERCENTILE = 0.95;

    /** The latency may be this many times the calm one. */
    private static final double BOUND = 2;

    /** Shorter delays are noise of the scheduler, in nanoseconds. */
    private static final double NOISE = 500_000;

    private final long[] latest = new long[SAMPLES];

    private int count;

    private double calm;

    void add(long nanos) {
        latest[count++ % SAMPLES] = nanos;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** {@return whether there are enough latencies for a percentile that one slow operation does not decide} */
    boolean isMeaningful() {
        return count >= SAMPLES;
    }

    void clear() {
        count = 0;
    }

    /** Takes the latest latencies, during which no data was transferred, as the calm ones. */
    void calm() {
        if (count > 0) {
            calm = calm == 0 ? percentile() : (calm + percentile()) / 2;
        }
    }

    /** {@return the measured latency divided by the allowed one; 0 if that is unknown} */
    double pressure() {
        return count == 0 || calm == 0 ? 0 : percentile() / Math.max(BOUND * calm, calm + NOISE);
    }

    private double percentile() {
        long[] sorted = Arrays.copyOf(latest, Math.min(count, SAMPLES));
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(PERCENTILE * sorted.length) - 1];
    }
}
