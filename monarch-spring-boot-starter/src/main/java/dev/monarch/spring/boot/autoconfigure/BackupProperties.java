package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where backups are kept, which, and when they are taken.
 *
 * @param store Name of the store that is meant where none is named: 'local', 's3', or that of a BackupStore bean. When not
 *     set, the first one.
 * @param local The store that is a folder of this machine.
 * @param retention Which backups are kept, by environment; 'default' is for all others.
 * @param schedules Backups that are taken again and again.
 */
@ConfigurationProperties("monarch.backups")
public record BackupProperties(
        @Nullable String store,
        @DefaultValue Local local,
        @DefaultValue Map<String, RetentionProperties> retention,
        @DefaultValue List<ScheduleProperties> schedules) {

    /**
     * A folder of this machine.
     *
     * @param directory Folder that backups are kept in. There is no default, for a container's disk is gone tomorrow.
     */
    public record Local(@Nullable Path directory) {}
}
