package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where backups are kept, which ones, and when they are taken.
 *
 * @param store Name of the default store: 'local', 's3', or that of a BackupStore bean. When not set, the first one.
 * @param local Store in a directory of this machine.
 * @param retention Which backups are kept, by environment; 'default' applies to all others.
 * @param schedules Schedules of backups.
 */
@ConfigurationProperties("monarch.backups")
public record BackupProperties(
        @Nullable String store,
        @DefaultValue Local local,
        @DefaultValue Map<String, RetentionProperties> retention,
        @DefaultValue List<ScheduleProperties> schedules) {

    /**
     * A directory of this machine.
     *
     * @param directory Directory in which backups are kept. There is no default, because the disk of a container is
     *     not permanent.
     */
    public record Local(@Nullable Path directory) {}
}
