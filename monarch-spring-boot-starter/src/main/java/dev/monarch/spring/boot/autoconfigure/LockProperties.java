package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.environment.LockSettings;

/**
 * The lock of an environment.
 *
 * @param lease How long a holder keeps the lock without a heartbeat. More than twice the heartbeat.
 * @param heartbeat How often a holder renews its lease.
 * @param waitAtMost How long to wait for a lock that another process holds.
 */
@ConfigurationProperties("monarch.lock")
public record LockProperties(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("20s") Duration heartbeat,
        @Name("wait") @DefaultValue("10m") Duration waitAtMost) {

    public LockProperties {
        require(!heartbeat.isZero() && !heartbeat.isNegative(), "heartbeat", heartbeat, "It must be positive.");
        require(
                lease.compareTo(heartbeat.multipliedBy(2)) > 0,
                "lease",
                lease,
                "It must be more than twice monarch.lock.heartbeat, which is " + heartbeat + ".");
        require(!waitAtMost.isNegative(), "wait", waitAtMost, "It must not be negative.");
    }

    private static void require(boolean right, String property, Duration value, String reason) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException("monarch.lock." + property, value, reason);
        }
    }

    /**
     * Returns the settings for acquiring the lock.
     *
     * @param whenLocked what to do if another process holds it
     * @return the settings
     */
    public LockSettings toSettings(WhenLocked whenLocked) {
        return new LockSettings(
                lease,
                heartbeat,
                whenLocked == WhenLocked.SKIP ? Duration.ZERO : waitAtMost,
                LockSettings.DEFAULT.skew());
    }
}
