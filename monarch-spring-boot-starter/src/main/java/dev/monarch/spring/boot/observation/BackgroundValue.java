package dev.monarch.spring.boot.observation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that another thread reads, so that no one waits for it: neither a scrape nor an operation. Nothing is read before
 * the value is first asked for. Thread-safe.
 *
 * @param <T> the type of the value
 */
final class BackgroundValue<T> {

    private static final Logger log = LoggerFactory.getLogger(BackgroundValue.class);

    private final Supplier<T> source;

    private final Duration maxAge;

    private final LongSupplier nanoTime;

    private volatile @Nullable T value;

    private volatile @Nullable Long asked;

    private volatile boolean reading;

    private volatile boolean again;

    /**
     * Creates a value.
     *
     * @param source reads it
     * @param maxAge how long a value is used after it was read
     * @param nanoTime the time, as {@link System#nanoTime}
     */
    BackgroundValue(Supplier<T> source, Duration maxAge, LongSupplier nanoTime) {
        this.source = source;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    /** Returns what was read last; empty if nothing was, or if it could not be read. Starts a read of an old value. */
    synchronized Optional<T> get() {
        Long last = asked;
        if (!reading && (last == null || nanoTime.getAsLong() - last >= maxAge.toNanos())) {
            read();
        }
        return Optional.ofNullable(value);
    }

    /** Says that the value has changed. It is read at once if it was ever asked for. */
    synchronized void changed() {
        if (reading) {
            again = true;
        } else if (asked != null) {
            read();
        }
    }

    private void read() {
        reading = true;
        asked = nanoTime.getAsLong();
        Thread thread = new Thread(this::readUntilUnchanged, "monarch-metrics");
        thread.setDaemon(true);
        thread.start();
    }

    private void readUntilUnchanged() {
        do {
            again = false;
            value = readOnce();
        } while (!isRead());
    }

    private synchronized boolean isRead() {
        reading = again;
        return !again;
    }

    private @Nullable T readOnce() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            log.debug("A gauge has no value", e);
            return null;
        }
    }
}
