package dev.monarch.test;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition of a server, which tells nobody when it comes true. */
final class Poll {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofMillis(25);

    private Poll() {}

    /**
     * @param condition asked again and again
     * @param complaint the text of the exception once patience is at its end
     */
    static void until(BooleanSupplier condition, Supplier<String> complaint) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(complaint.get());
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting: " + complaint.get(), e);
            }
        }
    }
}
