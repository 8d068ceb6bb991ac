package dev.monarch.spring.boot.autoconfigure;

import java.time.ZoneId;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import dev.monarch.transfer.Pace;

/**
 * A schedule of backups.
 *
 * @param cron When: second, minute, hour, day of month, month and day of week, as in Spring's scheduled methods.
 * @param zone Time zone of the cron expression.
 * @param environment Environment to back up. When not set, the application's own.
 * @param name Prefix of the names of the backups. When not set, the environment's name.
 * @param store Name of the store. When not set, the default one.
 * @param querySet Name of the query set that selects what is in the backup.
 * @param parameters Parameters of the query set.
 * @param pace Pace of the backups and their verification: 'full', 'gentle', or a maximum rate per second such as '20MB'.
 *     When not set, 'monarch.transfer.pace', or else 'gentle'.
 * @param maxRate Maximum number of bytes per second. When not set, 'monarch.transfer.max-rate'.
 * @param workers Number of collections that are read at the same time. When not set, 'monarch.transfer.workers'.
 * @param readFrom Member of the replica set that is read. When not set, 'monarch.transfer.read-from'.
 * @param verifyAfter Whether each backup is read back and verified.
 * @param pruneAfter Whether backups that the environment's retention does not keep are removed afterwards.
 */
@ConfigurationPropertiesSource
public record ScheduleProperties(
        @Nullable String cron,
        @DefaultValue("UTC") ZoneId zone,
        @Nullable String environment,
        @Nullable String name,
        @Nullable String store,
        @Nullable String querySet,
        @DefaultValue Map<String, String> parameters,
        @Nullable Pace pace,
        @Nullable DataSize maxRate,
        @Nullable Integer workers,
        @Nullable String readFrom,
        @DefaultValue("false") boolean verifyAfter,
        @DefaultValue("false") boolean pruneAfter) {

    Pace toPace(String prefix) {
        return TransferProperties.toPace(prefix, pace, maxRate, workers, readFrom);
    }
}
