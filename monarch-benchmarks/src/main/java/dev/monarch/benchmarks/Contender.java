package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One side of a comparison, which is measured several times. */
final class Contender {

    private final String name;

    private final Work work;

    private final int warmUps;

    private final boolean steady;

    private final Cleanup cleanup;

    private final List<Double> seconds = new ArrayList<>();

    private long bytes;

    /** The measured work; returns the number of bytes that it stored, or 0. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    /** Work after each run that is not measured. */
    @FunctionalInterface
    interface Cleanup {
        void run() throws Exception;
    }

    /** A contender that needs no warm-up: another process, or one that this JVM does not limit. */
    Contender(String name, Work work) {
        this(name, work, 0, false, () -> {});
    }

    private Contender(String name, Work work, int warmUps, boolean steady, Cleanup cleanup) {
        this.name = name;
        this.work = work;
        this.warmUps = warmUps;
        this.steady = steady;
        this.cleanup = cleanup;
    }

    /**
     * {@return the same with unmeasured runs first, for code in this process, which the JVM compiles while it runs}
     */
    Contender warmedUp(int times) {
        return new Contender(name, work, times, steady, cleanup);
    }

    /**
     * {@return the same in its steady state: an unmeasured run precedes each measured one}
     *
     * <p>After other contenders have used the machine, a contender is slow at first, especially if it uses all processors.
     */
    Contender steady() {
        return new Contender(name, work, warmUps, true, cleanup);
    }

    /** {@return the same with work after each run} */
    Contender withCleanup(Cleanup what) {
        return new Contender(name, work, warmUps, steady, what);
    }

    void warmUp() throws Exception {
        for (int i = 0; i < warmUps; i++) {
            work.run();
            cleanup.run();
        }
    }

    void measure() throws Exception {
        if (steady) {
            work.run();
            cleanup.run();
        }
        long begun = System.nanoTime();
        bytes = work.run();
        seconds.add((System.nanoTime() - begun) / 1e9);
        cleanup.run();
    }

    String name() {
        return name;
    }

    double median() {
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    double fastest() {
        return Collections.min(seconds);
    }

    double slowest() {
        return Collections.max(seconds);
    }

    long bytes() {
        return bytes;
    }
}
