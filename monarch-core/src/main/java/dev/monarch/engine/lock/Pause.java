package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A pause between two requests to the server. */
public final class Pause {

    private Pause() {}

    /**
     * Waits.
     *
     * @param duration how long
     * @return false if the thread was interrupted; its interrupt status is then still set
     */
    public static boolean of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
