package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.lock.LockSettings;

/**
 * The lock of an environment.
 *
 * @param lease How long a holder that says nothing keeps the lock. More than twice the heartbeat.
 * @param heartbeat How often a holder renews its lease.
 * @param waitAtMost How long to wait for a lock that somebody else holds.
 */
@ConfigurationProperties("monarch.lock")
public record LockProperties(
        @DefaultValue("60s") Duration lease,
        @DefaultValue("20s") Duration heartbeat,
        @Name("wait") @DefaultValue("10m") Duration waitAtMost) {

    LockSettings toSettings(WhenLocked whenLocked) {
        try {
            return new LockSettings(lease, heartbeat, whenLocked == WhenLocked.SKIP ? Duration.ZERO : waitAtMost, LockSettings.DEFAULT.skew());
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException("monarch.lock", this, e.getMessage());
        }
    }
}
