package dev.monarch.engine.transfer;

import java.time.Duration;

/**
 * How a server's latency without a transfer is known, and how much more is allowed.
 *
 * <p>Only the lowest measurements of the latency without a transfer count, as in BBR: a slow moment does not decide.
 * After some slow ones in a row, the server counts as slower than before.
 */
enum Calm {

    /**
     * A transfer does not wait for better times: a server that has become slower for another reason is soon taken as calm.
     * The transfer may add twice the calm latency.
     */
    OF_TRANSFER(3, 2, 3, Duration.ofMillis(2), 3),

    /**
     * A change in the background waits: a server that has become slower for any reason is not calm for eleven minutes. Its
     * latency may be twice the calm one.
     */
    OF_BACKFILL(45, 34, 2, Duration.ZERO, Integer.MAX_VALUE);

    private final int measurements;

    private final int slower;

    private final double bound;

    private final Duration journal;

    private final int doubtfulReductions;

    Calm(int measurements, int slower, double bound, Duration journal, int doubtfulReductions) {
        this.measurements = measurements;
        this.slower = slower;
        this.bound = bound;
        this.journal = journal;
        this.doubtfulReductions = doubtfulReductions;
    }

    /** {@return how many measurements are kept} */
    int measurements() {
        return measurements;
    }

    /** {@return after how many slow measurements the server counts as slower than before} */
    int slower() {
        return slower;
    }

    /** {@return the allowed latency divided by the calm one} */
    double bound() {
        return bound;
    }

    /**
     * Returns how much longer a write of an application takes than that of a probe, which does not wait for the journal:
     * such a wait would make the server write its journal more often.
     *
     * @return the time on a calm server with a fast disk
     */
    Duration journal() {
        return journal;
    }

    /** {@return after how many reductions in a row that have not helped the calm latency is measured again} */
    int doubtfulReductions() {
        return doubtfulReductions;
    }
}
