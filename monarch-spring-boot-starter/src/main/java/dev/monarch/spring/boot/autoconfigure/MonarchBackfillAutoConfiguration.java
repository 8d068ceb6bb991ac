package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.Backfills;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.MigrationSet;

/** Auto-configuration for backfills, and for running them while the application is ready. */
@AutoConfiguration(after = MonarchMigrationAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
@EnableConfigurationProperties(BackfillProperties.class)
public final class MonarchBackfillAutoConfiguration {

    /** Called by Spring. */
    public MonarchBackfillAutoConfiguration() {}

    /** Lazy, so that an application without backfills needs no database. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    Backfills monarchBackfills(
            EnvironmentRegistry environments,
            ConfigurableListableBeanFactory beans,
            BackfillProperties properties,
            MigrationProperties migrations,
            LockProperties lock) {
        return new Backfills(
                        environments.own(),
                        BackfillSet.in(beans),
                        properties.toSettings(migrations, lock.toSettings(WhenLocked.WAIT)))
                .listening(environments.listener());
    }

    @Bean
    @ConditionalOnSetting(value = "monarch.backfills.enabled", matchIfMissing = true)
    BackfillLifecycle monarchBackfillLifecycle(
            ConfigurableListableBeanFactory beans,
            EnvironmentRegistry environments,
            MigrationProperties migrations,
            Environment environment) {
        Duration timeout = Binder.get(environment)
                .bind(MonarchShutdownAutoConfiguration.TIMEOUT, Duration.class)
                .orElse(MonarchShutdownAutoConfiguration.DEFAULT_TIMEOUT);
        return new BackfillLifecycle(
                () -> beans.getBeanProvider(MigrationSet.class).getIfAvailable(() -> MigrationSet.in(beans)),
                () -> migrations.environmentsIn(environments).stream()
                        .map(beans.getBean(Backfills.class)::on)
                        .toList(),
                timeout);
    }
}
