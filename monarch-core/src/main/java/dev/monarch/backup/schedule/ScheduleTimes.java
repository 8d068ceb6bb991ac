package dev.monarch.backup.schedule;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The times at which something is due: the same for every instance that asks, whenever it does. */
public interface ScheduleTimes {

    /**
     * Returns the last time that is not after another.
     *
     * @param now the other, which may be it
     * @return the time, or null if there was none
     */
    @Nullable
    Instant latest(Instant now);

    /**
     * Returns the first time after another.
     *
     * @param now the other
     * @return the time, or null if there will be none
     */
    @Nullable
    Instant next(Instant now);
}
