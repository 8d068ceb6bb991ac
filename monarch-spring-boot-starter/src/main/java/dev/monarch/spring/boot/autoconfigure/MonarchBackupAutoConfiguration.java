package dev.monarch.spring.boot.autoconfigure;

import java.time.Clock;
import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.RestoreService;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.DatabaseRemoval;
import dev.monarch.replacement.SwapService;
import dev.monarch.transfer.Pace;

/** Auto-configuration for backups: stores, and the services that take and restore backups. */
@AutoConfiguration(after = {MonarchEnvironmentAutoConfiguration.class, MonarchCopyAutoConfiguration.class})
@ConditionalOnBean(EnvironmentRegistry.class)
@EnableConfigurationProperties({BackupProperties.class, MigrationProperties.class, LockProperties.class})
public final class MonarchBackupAutoConfiguration {

    /** Called by Spring. */
    public MonarchBackupAutoConfiguration() {}

    @Bean
    @ConditionalOnSetting("monarch.backups.local.directory")
    @ConditionalOnMissingBean(LocalBackupStore.class)
    LocalBackupStore monarchLocalBackupStore(BackupProperties properties) {
        return new LocalBackupStore(Objects.requireNonNull(properties.local().directory()));
    }

    @Bean
    @ConditionalOnMissingBean
    BackupStores monarchBackupStores(ObjectProvider<BackupStore> stores, BackupProperties properties) {
        return new BackupStores(
                stores.orderedStream().toList(),
                properties.store(),
                properties.dumps().limits());
    }

    /** Created in this context, as the environments are. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    BackupService monarchBackupService(
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            MigrationProperties migrations,
            Pace pace) {
        return new BackupService(
                environments, stores, querySets, migrations.historyCollection(), Clock.systemUTC(), pace);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    RestoreService monarchRestoreService(
            EnvironmentRegistry environments,
            BackupStores stores,
            Guard guard,
            LockProperties lock,
            MigrationProperties migrations,
            QuerySets querySets,
            Pace pace) {
        return new RestoreService(environments, stores, guard, waiting(lock), migrations.historyCollection(), querySets)
                .paced(pace);
    }

    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    ConfiguredRetentions monarchConfiguredRetentions(BackupProperties properties, EnvironmentRegistry environments) {
        return new ConfiguredRetentions(properties.retention(), environments);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    RetentionService monarchRetentionService(
            EnvironmentRegistry environments, BackupStores stores, LockProperties lock) {
        return new RetentionService(environments, stores, waiting(lock), Clock.systemUTC());
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DatabaseRemoval monarchDatabaseRemoval(Guard guard, LockProperties lock) {
        return new DatabaseRemoval(guard, waiting(lock));
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    SwapService monarchSwapService(EnvironmentRegistry environments, Guard guard, LockProperties lock) {
        return new SwapService(environments, guard, waiting(lock));
    }

    @Bean
    @ConditionalOnSetting("monarch.migrations.backup-first")
    @ConditionalOnMissingBean
    BackupFirst monarchBackupFirst(ObjectProvider<BackupService> backups) {
        return new BackupFirst(backups);
    }

    @Bean
    InterruptedSwapLifecycle monarchInterruptedSwapLifecycle(
            ObjectProvider<EnvironmentRegistry> environments,
            ObjectProvider<BackupStore> stores,
            ObjectProvider<BootMigrations> migrations,
            ObjectProvider<FirstContact> contact,
            LockProperties lock) {
        return new InterruptedSwapLifecycle(environments, stores, migrations, contact, waiting(lock));
    }

    private static LockSettings waiting(LockProperties lock) {
        return lock.toSettings(WhenLocked.WAIT);
    }
}
