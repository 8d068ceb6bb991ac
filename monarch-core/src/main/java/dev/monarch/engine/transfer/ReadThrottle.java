package dev.monarch.engine.transfer;

import dev.monarch.environment.MonarchEnvironment;

/**
 * Limits the read rate of a source: by the pace of the transfer, and while its secondaries lag.
 *
 * @param pace the pace of the transfer
 * @param lag limits the rate while secondaries lag
 */
record ReadThrottle(TransferPace pace, LagThrottle lag) {

    static ReadThrottle of(MonarchEnvironment environment, ReadOptions options) {
        return new ReadThrottle(
                options.pace(), new LagThrottle(environment.name(), environment::ownClusterDescription));
    }

    /** Waits after reading bytes until reading may continue. Returns how long it waited, in nanoseconds. */
    long pass(int bytes) {
        return pace.pass(bytes) + lag.pass(bytes);
    }
}
