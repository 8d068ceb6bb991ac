package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.environment.LockSettings;

/**
 * How backfills run.
 *
 * @param enabled Whether the application runs backfills when it is ready.
 * @param dutyCycle Share of time in which a backfill works, greater than 0 and at most 1.
 * @param maxRate Maximum number of documents that a backfill changes per second.
 * @param backOff Whether backfills slow down while the servers are busy or replication lags.
 * @param setAsideLimit How many documents of a backfill may be set aside before it stops.
 */
@ConfigurationProperties("monarch.backfills")
public record BackfillProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0.2") double dutyCycle,
        @Nullable Long maxRate,
        @DefaultValue("true") boolean backOff,
        @DefaultValue("1000") int setAsideLimit) {

    public BackfillProperties {
        require(dutyCycle > 0 && dutyCycle <= 1, "duty-cycle", dutyCycle, "It must be greater than 0 and at most 1.");
        if (maxRate != null) {
            require(maxRate > 0, "max-rate", maxRate, "It must be positive.");
        }
        require(setAsideLimit >= 0, "set-aside-limit", setAsideLimit, "It must not be negative.");
    }

    private static void require(boolean right, String property, Object value, String reason) {
        if (!right) {
            throw new InvalidConfigurationPropertyValueException("monarch.backfills." + property, value, reason);
        }
    }

    BackfillSettings toSettings(MigrationProperties migrations, LockSettings lock) {
        return new BackfillSettings(
                migrations.historyCollection(),
                migrations.scope(),
                lock,
                new Rate(dutyCycle, maxRate),
                backOff,
                setAsideLimit);
    }
}
