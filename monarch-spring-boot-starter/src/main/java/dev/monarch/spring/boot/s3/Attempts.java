package dev.monarch.spring.boot.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import software.amazon.awssdk.core.exception.AbortedException;

/** Counts what went wrong in a row, and waits longer each time, never as long as somebody else. */
final class Attempts {

    private static final double SPREAD = 0.5;

    private final S3Limits limits;

    private int failures;

    Attempts(S3Limits limits) {
        this.limits = limits;
    }

    /** Something has succeeded: what fails from now on is the first again. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits after a failure.
     *
     * @return false if it is no use to try again
     * @throws AbortedException if the thread is interrupted
     */
    boolean again(Exception failure) {
        failures++;
        if (failures >= limits.attempts() || !S3Failure.isPassing(failure)) {
            return false;
        }
        Duration longest = limits.firstPause().multipliedBy(1L << (failures - 1));
        double share = 1 - SPREAD * ThreadLocalRandom.current().nextDouble();
        try {
            Thread.sleep((long) (longest.toMillis() * share));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted before another attempt", failure);
        }
    }
}
