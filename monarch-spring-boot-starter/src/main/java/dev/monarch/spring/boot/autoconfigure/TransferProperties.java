package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

import dev.monarch.transfer.Pace;

/**
 * How fast Monarch moves data.
 *
 * @param pace Pace of backups, restores, copies, verifications and rehearsals: 'full', 'gentle', or a maximum rate per
 *     second such as '20MB'. When not set, 'gentle' in an application that serves requests and for schedules, else
 *     'full'.
 * @param maxRate Maximum number of bytes per second.
 * @param workers Number of collections that are read, and of inserts that run, at the same time. When not set, 4.
 * @param readFrom Member of the replica set that is read, such as 'secondary-preferred'. When not set, the primary.
 */
@ConfigurationProperties("monarch.transfer")
public record TransferProperties(
        @Nullable Pace pace,
        @Nullable DataSize maxRate,
        @Nullable Integer workers,
        @Nullable String readFrom) {

    private static final String PREFIX = "monarch.transfer";

    /** Creates the properties. Invalid values are refused here, so that the start fails. */
    public TransferProperties {
        toPace(PREFIX, pace, maxRate, workers, readFrom);
    }

    Pace toPace() {
        return toPace(PREFIX, pace, maxRate, workers, readFrom);
    }

    /** The one way from properties to a pace. The prefix is that of their names. */
    static Pace toPace(
            String prefix,
            @Nullable Pace pace,
            @Nullable DataSize maxRate,
            @Nullable Integer workers,
            @Nullable String readFrom) {
        require(
                maxRate == null || maxRate.toBytes() > 0,
                prefix + ".max-rate",
                maxRate,
                "It must be at least one byte.");
        require(workers == null || workers > 0, prefix + ".workers", workers, "It must be at least 1.");
        Pace base = pace != null ? pace : Pace.DEFAULT;
        return base.atMost(maxRate != null ? maxRate : base.maxRate())
                .withWorkers(workers)
                .readingFrom(readFrom != null ? member(prefix + ".read-from", readFrom) : null);
    }

    private static ReadPreference member(String property, String text) {
        try {
            return Pace.member(text);
        } catch (IllegalArgumentException e) {
            // Without the cause: the failure analyzer shows the root cause.
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    text,
                    "It must be primary, primary-preferred, secondary, secondary-preferred or nearest.");
        }
    }

    private static void require(boolean valid, String property, @Nullable Object value, String rule) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException(property, value, rule);
        }
    }
}
