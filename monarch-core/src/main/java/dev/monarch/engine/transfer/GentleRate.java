package dev.monarch.engine.transfer;

/**
 * Finds the highest rate at which a transfer slows down the work of others by no more than allowed.
 *
 * <p>It begins like slow start of TCP (RFC 5681, section 3.1): the rate doubles until it is too high for the first time.
 * From then on it follows the gradient algorithm of Netflix's concurrency-limits ({@code Gradient2Limit}): the rate is
 * multiplied by the allowed latency divided by the measured one, between 1/2 and 1, smoothed, and grows by a small step
 * otherwise. With the same load, the steps become equal, so the rate does not oscillate. A rate that the transfer does not
 * use does not grow (RFC 7661, section 4.1), because its effect is unknown. For one thread.
 */
final class GentleRate {

    static final double LOWEST = 1024 * 1024;

    static final double HIGHEST = 4096.0 * 1024 * 1024;

    private static final double FIRST = 8.0 * 1024 * 1024;

    private static final double STEEPEST = 0.5;

    /** How much of a reduction is applied in one interval. */
    private static final double SMOOTHING = 0.5;

    private static final double GROWTH = 1.05;

    /** From this share on, the transfer uses its rate. */
    private static final double USED = 0.7;

    private double rate = FIRST;

    private double floor = LOWEST;

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
     * @return the rate for the next interval
     */
    double next(double pressure, double used) {
        if (pressure > 1) {
            starting = false;
            double gradient = Math.max(STEEPEST, 1 / pressure);
            // A rate that was not reached is not the cause.
            double cause = Math.min(rate, Math.max(used, LOWEST));
            rate = cause * (1 - SMOOTHING + SMOOTHING * gradient);
        } else if (used >= USED * rate) {
            rate *= starting ? 2 : GROWTH;
        }
        rate = Math.max(floor, Math.min(HIGHEST, rate));
        return rate;
    }
}
