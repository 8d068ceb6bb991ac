package dev.monarch.spring.boot.actuate;

import java.time.Clock;
import java.time.Duration;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

import dev.monarch.backup.BackupStores;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.autoconfigure.MonarchBackupAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;
import dev.monarch.spring.boot.status.EnvironmentReader;

/** Auto-configuration for the health of the application's own environment. */
@AutoConfiguration(after = {MonarchEnvironmentAutoConfiguration.class, MonarchBackupAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean({EnvironmentRegistry.class, BackupStores.class})
@ConditionalOnEnabledHealthIndicator("monarch")
@EnableConfigurationProperties(HealthProperties.class)
public final class MonarchHealthAutoConfiguration {

    /** Called by Spring. */
    public MonarchHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = {"monarchHealthIndicator", "monarchHealthContributor"})
    MonarchHealthIndicator monarchHealthIndicator(
            EnvironmentRegistry environments,
            ListableBeanFactory beans,
            MigrationProperties migrations,
            BackupStores stores,
            HealthProperties properties) {
        Duration maxAge = properties.backupMaxAge();
        return new MonarchHealthIndicator(
                new EnvironmentReader(environments, beans, migrations),
                maxAge == null ? null : new NewestBackup(stores, maxAge, Clock.systemUTC()));
    }
}
