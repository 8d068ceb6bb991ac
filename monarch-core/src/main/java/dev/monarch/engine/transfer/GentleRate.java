package dev.monarch.engine.transfer;

/**
 * Finds the highest rate at which a transfer slows down the work of others by no more than allowed.
 *
 * <p>It begins like slow start of TCP (RFC 5681, section 3.1): the rate doubles until it is too high for the first time.
 * From then on it follows the gradient algorithm of Netflix's concurrency-limits ({@code Gradient2Limit}): the rate is
 * multiplied by the allowed latency divided by the measured one, between 1/2 and 1. Otherwise it grows in small steps near
 * the rate that was too high, and in large ones below and above that, as CUBIC does (RFC 9438, section 4.1): one slow moment
 * costs little, and the rate does not oscillate. A rate that the transfer does not use does not grow
 * (RFC 7661, section 4.1), because its effect is unknown. For one thread.
 */
final class GentleRate {

    static final double LOWEST = 1024 * 1024;

    static final double HIGHEST = 4096.0 * 1024 * 1024;

    private static final double FIRST = 16.0 * 1024 * 1024;

    private static final double STEEPEST = 0.5;

    private static final double GROWTH = 1.05;

    /** Away from the rate that was too high. */
    private static final double FAST_GROWTH = 1.2;

    private static final double NEAR = 0.15;

    /** From this share on, the transfer uses its rate. */
    private static final double USED = 0.8;

    private double rate = FIRST;

    private double floor = LOWEST;

    private double tooHigh = HIGHEST;

    private boolean starting = true;

    /** {@return the current rate in bytes per second} */
    double rate() {
        return rate;
    }

    /** Sets a rate that is never reduced further. */
    void keepAbove(double bytesPerSecond) {
        floor = Math.max(LOWEST, bytesPerSecond);
        rate = Math.max(rate, floor);
    }

    /**
     * Ends an interval.
     *
     * @param pressure the measured latency divided by the allowed one
     * @param used the bytes per second that were transferred
     * @return whether the rate was reduced
     */
    boolean next(double pressure, double used) {
        if (pressure > 1) {
            reduce(pressure, used);
        } else if (used >= USED * rate) {
            rate *= growth();
        }
        rate = Math.max(floor, Math.min(HIGHEST, rate));
        return pressure > 1;
    }

    private void reduce(double pressure, double used) {
        starting = false;
        // A rate that was not reached is not the cause.
        tooHigh = Math.min(rate, Math.max(used, LOWEST));
        rate = tooHigh * Math.max(STEEPEST, 1 / pressure);
    }

    private double growth() {
        if (starting) {
            return 2;
        }
        return Math.abs(rate / tooHigh - 1) <= NEAR ? GROWTH : FAST_GROWTH;
    }
}
