package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.monarch.backup.BackupStores.DumpLimits;

/**
 * Where backups are kept, which ones, and when they are taken.
 *
 * @param store Name of the default store: 'local', 's3', or that of a BackupStore bean. When not set, the first one.
 * @param local Store in a directory of this machine.
 * @param retention Which backups are kept, by environment; 'default' applies to all others.
 * @param schedules Schedules of backups.
 * @param dumps Limits for zip files, tar files and directories of other tools.
 */
@ConfigurationProperties("monarch.backups")
public record BackupProperties(
        @Nullable String store,
        @DefaultValue Local local,
        @DefaultValue Map<String, RetentionProperties> retention,
        @DefaultValue List<ScheduleProperties> schedules,
        @DefaultValue Dumps dumps) {

    /**
     * Limits for dumps, which may come from strangers.
     *
     * @param maxFiles Maximum number of files in a zip file, a tar file or a directory.
     * @param maxRatio How many times larger than its stored size the content of a dump may be.
     */
    public record Dumps(
            @DefaultValue("100000") int maxFiles,
            @DefaultValue("200") int maxRatio) {

        DumpLimits limits() {
            return new DumpLimits(maxFiles, maxRatio);
        }
    }

    /**
     * A directory of this machine.
     *
     * @param directory Directory in which backups are kept. There is no default, because the disk of a container is
     *     not permanent.
     */
    public record Local(@Nullable Path directory) {}
}
