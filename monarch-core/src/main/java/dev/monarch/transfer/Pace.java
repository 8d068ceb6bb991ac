package dev.monarch.transfer;

import java.util.Locale;
import java.util.Objects;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.engine.Checks;

/**
 * How fast a transfer may move data, and which member of a replica set it reads. Immutable.
 *
 * <p>What is null is taken from the default of the service that runs the transfer ({@link #or}), and else is {@link
 * Mode#FULL}, without a maximum rate, four workers and the primary.
 *
 * @param mode how much of the machine and the servers it may use
 * @param maxRate the maximum number of bytes per second, uncompressed, of all workers together
 * @param workers how many collections are read at the same time, and how many inserts run at the same time
 * @param readFrom the read preference for a source database
 */
public record Pace(
        @Nullable Mode mode,
        @Nullable DataSize maxRate,
        @Nullable Integer workers,
        @Nullable ReadPreference readFrom) {

    /** Leaves everything to the default of the service. */
    public static final Pace DEFAULT = new Pace(null, null, null, null);

    /** As fast as possible. */
    public static final Pace FULL = DEFAULT.in(Mode.FULL);

    /** Leaves room for the application that uses the same machine and the same servers. */
    public static final Pace GENTLE = DEFAULT.in(Mode.GENTLE);

    /** How much of the machine and the servers a transfer may use. */
    public enum Mode {

        /** As fast as possible, on all processors. */
        FULL,

        /** Leaves room for the application that uses the same machine and the same servers. */
        GENTLE
    }

    /**
     * Creates a pace.
     *
     * @throws IllegalArgumentException if {@code maxRate} is less than one byte, or {@code workers} less than 1
     */
    public Pace {
        if (maxRate != null && maxRate.toBytes() < 1) {
            throw new IllegalArgumentException("The maximum rate must be at least one byte, but is " + maxRate);
        }
        if (workers != null) {
            Checks.atLeast("workers", workers, 1);
        }
    }

    /**
     * Parses a pace.
     *
     * @param text {@code full}, {@code gentle}, or a maximum rate per second, such as {@code 20MB}
     * @return the pace; for a rate, {@link #FULL} with this maximum
     * @throws IllegalArgumentException if it is none of these
     */
    public static Pace of(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "full" -> FULL;
            case "gentle" -> GENTLE;
            default -> FULL.atMost(rate(text, "a pace: use full, gentle, or a maximum rate such as 20MB"));
        };
    }

    /**
     * Parses a maximum rate.
     *
     * @param text a size, such as {@code 20MB}
     * @return the rate per second
     * @throws IllegalArgumentException if it is not a size, or less than one byte
     */
    public static DataSize rate(String text) {
        return rate(text, "a size, for example 20MB");
    }

    private static DataSize rate(String text, String expected) {
        try {
            DataSize rate = DataSize.parse(text.strip().toUpperCase(Locale.ROOT));
            if (rate.toBytes() > 0) {
                return rate;
            }
        } catch (IllegalArgumentException e) {
            // The exception below says what is expected.
        }
        throw new IllegalArgumentException("'" + text + "' is not " + expected);
    }

    /**
     * Parses a read preference.
     *
     * @param text {@code primary}, {@code primary-preferred}, {@code secondary}, {@code secondary-preferred} or {@code
     *     nearest}
     * @return the read preference
     * @throws IllegalArgumentException if it is none of these
     */
    public static ReadPreference member(String text) {
        try {
            return ReadPreference.valueOf(text.strip().replace("-", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not primary, primary-preferred, secondary, secondary-preferred or nearest", e);
        }
    }

    /**
     * Returns the same pace in another mode.
     *
     * @param other the mode; null for the default
     * @return the pace
     */
    public Pace in(@Nullable Mode other) {
        return new Pace(other, maxRate, workers, readFrom);
    }

    /**
     * Returns the same pace with another maximum rate.
     *
     * @param rate the maximum number of bytes per second; null for the default
     * @return the pace
     * @throws IllegalArgumentException if it is less than one byte
     */
    public Pace atMost(@Nullable DataSize rate) {
        return new Pace(mode, rate, workers, readFrom);
    }

    /**
     * Returns the same pace with another number of workers.
     *
     * @param number at least 1; null for the default
     * @return the pace
     * @throws IllegalArgumentException if it is less than 1
     */
    public Pace withWorkers(@Nullable Integer number) {
        return new Pace(mode, maxRate, number, readFrom);
    }

    /**
     * Returns the same pace with another read preference.
     *
     * @param member the read preference for a source database; null for the default
     * @return the pace
     */
    public Pace readingFrom(@Nullable ReadPreference member) {
        return new Pace(mode, maxRate, workers, member);
    }

    /**
     * Takes what is not set from another pace.
     *
     * @param defaults the other pace
     * @return the pace
     */
    public Pace or(Pace defaults) {
        return new Pace(
                mode != null ? mode : defaults.mode,
                maxRate != null ? maxRate : defaults.maxRate,
                workers != null ? workers : defaults.workers,
                readFrom != null ? readFrom : defaults.readFrom);
    }

    /** {@return the pace in words, such as {@code full, at most 20MB per second}} */
    @Override
    public String toString() {
        return (mode == null ? "default" : mode.name().toLowerCase(Locale.ROOT))
                + (maxRate == null ? "" : ", at most " + inUnits(maxRate) + " per second")
                + (workers == null ? "" : ", workers " + workers)
                + (readFrom == null ? "" : ", reading from " + readFrom.getName());
    }

    private static String inUnits(DataSize rate) {
        long bytes = rate.toBytes();
        long kilobyte = DataSize.ofKilobytes(1).toBytes();
        long megabyte = DataSize.ofMegabytes(1).toBytes();
        return bytes % megabyte == 0
                ? bytes / megabyte + "MB"
                : bytes % kilobyte == 0 ? bytes / kilobyte + "KB" : bytes + "B";
    }

    /** {@return whether it leaves room for an application} */
    public boolean isGentle() {
        return mode == Mode.GENTLE;
    }

    /** {@return the read preference for a source database; the primary if it is not set} */
    public ReadPreference member() {
        return Objects.requireNonNullElse(readFrom, ReadPreference.primary());
    }
}
