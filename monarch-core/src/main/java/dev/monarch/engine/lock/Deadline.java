package dev.monarch.engine.lock;

import java.time.Duration;

/** A time limit on this process's monotonic clock. */
record Deadline(long startedAt, Duration limit) {

    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime(), limit);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    Duration remaining() {
        Duration remaining = limit.minus(elapsed());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    boolean isOver() {
        return elapsed().compareTo(limit) >= 0;
    }
}
