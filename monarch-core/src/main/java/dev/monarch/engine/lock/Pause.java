package dev.monarch.engine.lock;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A pause between two requests to the server. */
final class Pause {

    private Pause() {}

    /** Waits. Returns false if the thread was interrupted; its interrupt status is then still set. */
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
