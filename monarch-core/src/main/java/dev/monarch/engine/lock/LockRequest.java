package dev.monarch.engine.lock;

import java.time.Duration;

/** What a contender writes into the lock document when it wins. */
record LockRequest(String token, String purpose, String host, Duration lease, Duration skew, LockSessions sessions) {

    /**
     * Returns how long the server may take to decide. The rest of the lease is then still longer than the pause
     * between two heartbeats.
     */
    Duration timeToAnswer() {
        return lease.dividedBy(2);
    }
}
