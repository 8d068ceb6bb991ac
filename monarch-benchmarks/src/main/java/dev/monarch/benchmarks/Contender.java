package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Something that is measured, again and again. */
final class Contender {

    private final String name;

    private final Work work;

    private final int warmUps;

    private final boolean steady;

    private final Cleaning cleaning;

    private final List<Double> seconds = new ArrayList<>();

    private long bytes;

    /** What is measured; it returns how many bytes it has kept, or 0. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    /** What is done after each run, and not measured. */
    @FunctionalInterface
    interface Cleaning {
        void run() throws Exception;
    }

    /** Somebody who is as fast the first time as later: another process, or one whose limit is elsewhere. */
    Contender(String name, Work work) {
        this(name, work, 0, false, () -> {});
    }

    private Contender(String name, Work work, int warmUps, boolean steady, Cleaning cleaning) {
        this.name = name;
        this.work = work;
        this.warmUps = warmUps;
        this.steady = steady;
        this.cleaning = cleaning;
    }

    /** Returns the same, run so often before it is measured: in this process, where code is compiled as it is used. */
    Contender warmedUp(int times) {
        return new Contender(name, work, times, steady, cleaning);
    }

    /**
     * Returns the same in its steady state: each run that is measured follows one that is not. After others have had the
     * machine for a while everybody begins slowly, and whoever uses all of its processors the most.
     */
    Contender steady() {
        return new Contender(name, work, warmUps, true, cleaning);
    }

    /** Returns the same with something done after each run. */
    Contender cleaning(Cleaning what) {
        return new Contender(name, work, warmUps, steady, what);
    }

    void warmUp() throws Exception {
        for (int i = 0; i < warmUps; i++) {
            work.run();
            cleaning.run();
        }
    }

    void measure() throws Exception {
        if (steady) {
            work.run();
            cleaning.run();
        }
        long begun = System.nanoTime();
        bytes = work.run();
        seconds.add((System.nanoTime() - begun) / 1e9);
        cleaning.run();
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
