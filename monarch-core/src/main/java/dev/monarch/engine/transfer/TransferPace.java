package dev.monarch.engine.transfer;

import dev.monarch.environment.MonarchEnvironment;

/**
 * How fast a source is read: no faster than was asked for, and slowly while its secondaries lag.
 *
 * @param rate what was asked for
 * @param backOff looks after the secondaries
 */
record TransferPace(TransferRate rate, LagBackOff backOff) {

    static TransferPace of(MonarchEnvironment environment, DatabaseReading reading) {
        return new TransferPace(
                TransferRate.of(reading.maxRate()),
                new LagBackOff(environment.name(), environment::ownClusterDescription));
    }

    /** Waits until it is the turn of what comes after these bytes. */
    void pass(int bytes) {
        rate.pass(bytes);
        backOff.pass(bytes);
    }
}
