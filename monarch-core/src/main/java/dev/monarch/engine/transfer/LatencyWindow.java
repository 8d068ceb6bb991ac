package dev.monarch.engine.transfer;

import java.util.Arrays;

/** The latest latencies of one kind of operation, and the latency that it has without a transfer. For one thread. */
final class LatencyWindow {

    private static final int SAMPLES = 20;

    private static final double PERCENTILE = 0.95;

    /** So many latencies say enough if all of them are too long. A slow server answers few operations. */
    private static final int FEW = 3;

    /** Shorter delays are noise of the scheduler, in nanoseconds. */
    private static final double NOISE = 500_000;

    private final long[] latest = new long[SAMPLES];

    private int count;

    private final Calm calm;

    private final long journal;

    private final double[] calmLatencies;

    private int calms;

    /**
     * Starts without latencies.
     *
     * @param calm how the calm latency is known
     * @param writes whether they are those of writes
     */
    LatencyWindow(Calm calm, boolean writes) {
        this.calm = calm;
        this.journal = writes ? calm.journal().toNanos() : 0;
        this.calmLatencies = new double[calm.measurements()];
    }

    void add(long nanos) {
        latest[count++ % SAMPLES] = nanos;
    }

    /** {@return whether one slow operation is not all there is} */
    boolean hasSome() {
        return count >= FEW;
    }

    /** {@return whether there are enough latencies for a percentile that one slow operation does not decide} */
    boolean isMeaningful() {
        return count >= SAMPLES
                || count >= FEW && calms > 0 && Arrays.stream(kept()).min().orElse(0) > allowed();
    }

    void clear() {
        count = 0;
    }

    /** Takes the latest latencies, during which no data was transferred, as calm ones. */
    void calm() {
        if (count > 0) {
            calmLatencies[calms++ % calmLatencies.length] = percentile();
        }
    }

    /** {@return the measured latency divided by the allowed one; 0 if that is unknown} */
    double pressure() {
        return count == 0 || calms == 0 ? 0 : percentile() / allowed();
    }

    private double allowed() {
        double[] sorted = Arrays.copyOf(calmLatencies, Math.min(calms, calmLatencies.length));
        Arrays.sort(sorted);
        double usual = sorted[Math.max(0, sorted.length - calm.slower())];
        return Math.max(calm.bound() * (usual + journal), usual + NOISE);
    }

    private double percentile() {
        long[] sorted = kept();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(PERCENTILE * sorted.length) - 1];
    }

    private long[] kept() {
        return Arrays.copyOf(latest, Math.min(count, SAMPLES));
    }
}
