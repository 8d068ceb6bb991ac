package dev.monarch.environment;

import java.time.Duration;

import dev.monarch.engine.Checks;

/**
 * The timing of a lock.
 *
 * @param lease how long a holder keeps the lock without renewing it; more than twice the heartbeat
 * @param heartbeat how often a holder renews its lease
 * @param waitAtMost how long to wait for a lock that another holder has; zero tries once
 * @param skew the margin after the end of a lease before the lock is taken over; it allows for different server
 *     clocks: those of several mongos, or of another member after a failover
 */
public record LockSettings(Duration lease, Duration heartbeat, Duration waitAtMost, Duration skew) {

    /** A lease of 60 s, renewed every 20 s, waited for up to 10 minutes, with a margin of 5 s. */
    public static final LockSettings DEFAULT = new LockSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(20), Duration.ofMinutes(10), Duration.ofSeconds(5));

    /**
     * Creates settings.
     *
     * @throws IllegalArgumentException if a duration is negative, or the lease is not more than twice the heartbeat
     */
    public LockSettings {
        if (heartbeat.isZero() || heartbeat.isNegative()) {
            throw new IllegalArgumentException("heartbeat must be positive, but is " + heartbeat);
        }
        if (lease.compareTo(heartbeat.multipliedBy(2)) <= 0) {
            throw new IllegalArgumentException("lease must be more than twice the heartbeat, but is " + lease
                    + " with a heartbeat of " + heartbeat);
        }
        Checks.notNegative("waitAtMost", waitAtMost);
        Checks.notNegative("skew", skew);
    }

    /**
     * Returns the same settings with another wait time.
     *
     * @param newWaitAtMost how long to wait for a lock that another holder has; zero tries once
     * @return the settings
     * @throws IllegalArgumentException if the duration is negative
     */
    public LockSettings waiting(Duration newWaitAtMost) {
        return new LockSettings(lease, heartbeat, newWaitAtMost, skew);
    }

    /**
     * Returns how long to wait for operations of a dead holder that still run on the server. It is at least the lease,
     * even for a caller that does not wait for a live holder.
     *
     * @return the time to wait
     */
    public Duration waitForAbandonedWork() {
        return waitAtMost.compareTo(lease) > 0 ? waitAtMost : lease;
    }

    /**
     * Returns the interval between attempts while another holder has the lock.
     *
     * @return a tenth of the lease, at most a second
     */
    public Duration retryInterval() {
        Duration tenth = lease.dividedBy(10);
        Duration second = Duration.ofSeconds(1);
        return tenth.compareTo(second) < 0 ? tenth : second;
    }
}
