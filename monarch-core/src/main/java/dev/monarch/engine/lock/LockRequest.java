package dev.monarch.engine.lock;

import java.time.Duration;

/** What a contender writes into the lock document when it wins. */
record LockRequest(String token, String purpose, String host, Duration lease, Duration skew, LockSessions sessions) {

    /** Returns how long the server may take to decide: what is left of the lease then is longer than a heartbeat's pause. */
    Duration timeToAnswer() {
        return lease.dividedBy(2);
    }
}
