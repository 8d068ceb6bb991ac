package dev.monarch.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Something that is measured, again and again. */
final class Contender {

    private final String name;

    private final Work work;

    private final List<Double> seconds = new ArrayList<>();

    private long bytes;

    /** What is measured; it returns how many bytes it has kept, or 0. */
    @FunctionalInterface
    interface Work {
        long run() throws Exception;
    }

    Contender(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    void measure() throws Exception {
        long begun = System.nanoTime();
        bytes = work.run();
        seconds.add((System.nanoTime() - begun) / 1e9);
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
