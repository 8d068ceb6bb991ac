package dev.monarch.spring.boot.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

import dev.monarch.BackupStoreException;

/** Counts what went wrong in a row, and waits longer each time, never as long as somebody else. */
final class Attempts {

    private static final double SPREAD = 0.5;

    private final S3Limits limits;

    private int failures;

    Attempts(S3Limits limits) {
        this.limits = limits;
    }

    /**
     * Sends a request until it succeeds or fails in a way that no repetition mends. It must be one that may be sent twice.
     *
     * @param request sends it and returns the answer
     */
    static <T extends @Nullable Object> T at(Supplier<T> request, S3Limits limits) {
        Attempts attempts = new Attempts(limits);
        while (true) {
            try {
                return request.get();
            } catch (BackupStoreException | SdkException e) {
                if (!attempts.again(e)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Asks until there is an answer: some services show what they have taken a moment later.
     *
     * @param question gives the answer, or null if there is none yet
     * @return the answer, or null if there was none to the end
     */
    static <T> @Nullable T until(Supplier<@Nullable T> question, S3Limits limits) {
        Attempts attempts = new Attempts(limits);
        T answer = at(question, limits);
        while (answer == null && attempts.again()) {
            answer = at(question, limits);
        }
        return answer;
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
        return S3Failure.isPassing(failure) && again();
    }

    private boolean again() {
        failures++;
        if (failures >= limits.attempts()) {
            return false;
        }
        Duration longest = limits.firstPause().multipliedBy(1L << (failures - 1));
        double share = 1 - SPREAD * ThreadLocalRandom.current().nextDouble();
        try {
            Thread.sleep((long) (longest.toMillis() * share));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted before another attempt", e);
        }
    }
}
