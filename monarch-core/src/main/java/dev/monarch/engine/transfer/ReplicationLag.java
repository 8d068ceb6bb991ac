package dev.monarch.engine.transfer;

import dev.monarch.environment.MonarchEnvironment;

/** Tells whether the secondaries of an environment lag behind their primary. Thread-safe. */
public final class ReplicationLag {

    private final LagThrottle members;

    public ReplicationLag(MonarchEnvironment environment) {
        this.members = new LagThrottle(environment.name(), environment::ownClusterDescription);
    }

    /**
     * Tells whether a secondary lags by more than the time at which the server's flow control starts. Asks no server.
     *
     * @return true if so
     */
    public boolean isTooLong() {
        return members.lag().compareTo(LagThrottle.LIMIT) > 0;
    }
}
