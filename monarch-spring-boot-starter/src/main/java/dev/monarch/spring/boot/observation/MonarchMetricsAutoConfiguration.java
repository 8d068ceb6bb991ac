package dev.monarch.spring.boot.observation;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.monarch.backfill.Backfills;
import dev.monarch.backup.BackupStores;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.BackupProperties;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.autoconfigure.MonarchBackupAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;
import dev.monarch.spring.boot.status.EnvironmentReader;

/** Auto-configuration for the gauges, in an application that has a {@link MeterRegistry}. */
@AutoConfiguration(
        after = {MonarchEnvironmentAutoConfiguration.class, MonarchBackupAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({EnvironmentRegistry.class, BackupStores.class, MeterRegistry.class})
public final class MonarchMetricsAutoConfiguration {

    /** Called by Spring. */
    public MonarchMetricsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    GaugeValues monarchGaugeValues(
            EnvironmentRegistry environments,
            ListableBeanFactory beans,
            MigrationProperties migrations,
            BackupStores stores) {
        return new GaugeValues(
                new EnvironmentReader(environments, beans, migrations),
                stores,
                beans.getBeanProvider(Backfills.class),
                Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean
    MonarchGauges monarchGauges(
            MeterRegistry registry,
            GaugeValues values,
            EnvironmentRegistry environments,
            BackupStores stores,
            BackupProperties backups) {
        return new MonarchGauges(registry, values, environments::own, stores, backups);
    }
}
