package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.version.DocumentVersions.VersionSettings;

/**
 * Versions of documents.
 *
 * @param field Field of a document with the number of its version. The name of the field with what only older versions
 *     need begins with it, too. Do not change it while documents have it.
 * @param oldInstanceTimeout How long after its last heartbeat an instance of an older build prevents 'contract'. More than
 *     twice the heartbeat.
 * @param heartbeat How often an instance shows which versions it has.
 */
@ConfigurationProperties("monarch.versions")
public record VersionProperties(
        @DefaultValue("_v") String field,
        @DefaultValue("10m") Duration oldInstanceTimeout,
        @DefaultValue("20s") Duration heartbeat) {

    public VersionProperties {
        if (heartbeat.isZero() || heartbeat.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    "monarch.versions.heartbeat", heartbeat, "It must be positive.");
        }
        if (oldInstanceTimeout.compareTo(heartbeat.multipliedBy(2)) <= 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "monarch.versions.old-instance-timeout",
                    oldInstanceTimeout,
                    "It must be more than twice monarch.versions.heartbeat, which is " + heartbeat + ".");
        }
    }

    VersionSettings toSettings() {
        return new VersionSettings(field, oldInstanceTimeout, heartbeat);
    }
}
