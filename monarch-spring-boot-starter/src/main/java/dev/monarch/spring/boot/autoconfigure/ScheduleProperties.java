package dev.monarch.spring.boot.autoconfigure;

import java.time.ZoneId;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A backup that is taken again and again.
 *
 * @param cron When: second, minute, hour, day of month, month and day of week, as Spring's scheduled methods have them.
 * @param zone Whose clock that is.
 * @param environment Environment that is backed up. When not set, the application's own.
 * @param name What the names of the backups begin with. When not set, the environment's name.
 * @param store Name of the store. When not set, the default one.
 * @param querySet Name of the query set that says what is in the backup.
 * @param parameters Parameters of the query set.
 * @param verifyAfter Whether each backup is read back whole.
 * @param pruneAfter Whether the backups that the environment's retention does not keep are removed afterwards.
 */
public record ScheduleProperties(
        @Nullable String cron,
        @DefaultValue("UTC") ZoneId zone,
        @Nullable String environment,
        @Nullable String name,
        @Nullable String store,
        @Nullable String querySet,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("false") boolean verifyAfter,
        @DefaultValue("false") boolean pruneAfter) {}
