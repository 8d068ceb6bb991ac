package dev.monarch.spring.boot.actuate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * When the application counts as unhealthy.
 *
 * @param backupMaxAge How old the newest whole backup of the own environment may be. When not set, backups do not matter.
 */
@ConfigurationProperties("monarch.health")
public record HealthProperties(@Nullable Duration backupMaxAge) {

    public HealthProperties {
        if (backupMaxAge != null && (backupMaxAge.isZero() || backupMaxAge.isNegative())) {
            throw new InvalidConfigurationPropertyValueException(
                    "monarch.health.backup-max-age", backupMaxAge, "It must be positive, such as '36h'.");
        }
    }
}
