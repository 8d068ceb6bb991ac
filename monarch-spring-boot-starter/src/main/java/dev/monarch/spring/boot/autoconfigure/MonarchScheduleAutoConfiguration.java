package dev.monarch.spring.boot.autoconfigure;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.ScheduledBackups;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.queryset.QuerySets;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/** Auto-configuration for scheduled backups. */
@AutoConfiguration(after = MonarchBackupAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
@Conditional(OnSchedulesCondition.class)
public final class MonarchScheduleAutoConfiguration {

    /** Called by Spring. */
    public MonarchScheduleAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ScheduledBackups monarchScheduledBackups(
            EnvironmentRegistry environments,
            BackupStores stores,
            BackupService backups,
            RetentionService retention,
            LockProperties lock) {
        return new ScheduledBackups(
                environments, stores, backups, retention, lock.toSettings(WhenLocked.WAIT), Clock.systemUTC());
    }

    @Bean
    BackupScheduler monarchBackupScheduler(
            BackupProperties properties,
            EnvironmentRegistry environments,
            BackupStores stores,
            ConfiguredRetentions retentions,
            QuerySets querySets,
            TransferProperties transfer,
            ScheduledBackups backups,
            ObjectProvider<InterruptibleOperations> operations) {
        ConfiguredSchedules schedules = new ConfiguredSchedules(environments, stores, retentions, querySets);
        return new BackupScheduler(
                schedules.of(properties.schedules(), transfer).stream()
                        .map(backups::follow)
                        .toList(),
                Clock.systemUTC(),
                operations.getIfAvailable(InterruptibleOperations::new));
    }
}
