package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waiting between two looks at the server, which has no way to call back. */
final class Pause {

    private Pause() {}

    /** Waits; false means that the thread was interrupted, which it then still is. */
    static boolean of(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
