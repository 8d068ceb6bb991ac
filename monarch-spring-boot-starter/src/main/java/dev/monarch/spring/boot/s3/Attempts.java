package dev.monarch.spring.boot.s3;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

import dev.monarch.BackupStoreException;

/** Counts failures in a row, and waits longer after each one, with jitter. */
final class Attempts {

    private static final double SPREAD = 0.5;

    private final S3Limits limits;

    private int failures;

    Attempts(S3Limits limits) {
        this.limits = limits;
    }

    /**
     * Sends a request until it succeeds, or fails in a way that no retry can fix. The request must be idempotent.
     *
     * @param request sends it and returns the answer
     */
    static <T extends @Nullable Object> T retry(Supplier<T> request, S3Limits limits) {
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
     * Repeats a question until it has an answer: some services show a new object only after a moment.
     *
     * @param question gives the answer, or null if there is none yet
     * @return the answer, or null if no attempt got one
     */
    static <T> @Nullable T await(Supplier<@Nullable T> question, S3Limits limits) {
        Attempts attempts = new Attempts(limits);
        T answer = retry(question, limits);
        while (answer == null && attempts.again()) {
            answer = retry(question, limits);
        }
        return answer;
    }

    /** Records a success. The next failure counts as the first one again. */
    void progressed() {
        failures = 0;
    }

    /**
     * Waits after a failure.
     *
     * @return false if another attempt is useless
     * @throws AbortedException if the thread is interrupted
     */
    boolean again(Exception failure) {
        return S3Failure.isTransient(failure) && again();
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
