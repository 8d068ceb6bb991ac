package dev.monarch.engine.transfer;

import dev.monarch.environment.MonarchEnvironment;

/**
 * Limits the read rate of a source: by the requested rate, and while its secondaries lag.
 *
 * @param rate the requested limit
 * @param lag limits the rate while secondaries lag
 */
record ReadThrottle(RateLimit rate, LagThrottle lag) {

    static ReadThrottle of(MonarchEnvironment environment, ReadOptions options) {
        return new ReadThrottle(
                RateLimit.of(options.maxRate()),
                new LagThrottle(environment.name(), environment::ownClusterDescription));
    }

    /** Waits after reading bytes until reading may continue. */
    void pass(int bytes) {
        rate.pass(bytes);
        lag.pass(bytes);
    }
}
