package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import dev.monarch.copy.CopyService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migrator;
import dev.monarch.rehearsal.RehearsalService;
import dev.monarch.replacement.DatabaseRemoval;

/** Auto-configuration for rehearsals of pending migrations. */
@AutoConfiguration(
        after = {
            MonarchMigrationAutoConfiguration.class,
            MonarchCopyAutoConfiguration.class,
            MonarchBackupAutoConfiguration.class
        })
@ConditionalOnBean({CopyService.class, Migrator.class, DatabaseRemoval.class})
@EnableConfigurationProperties({RehearsalProperties.class, MigrationProperties.class})
public final class MonarchRehearsalAutoConfiguration {

    /** Called by Spring. */
    public MonarchRehearsalAutoConfiguration() {}

    /** Created in this context, as the environments are. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    RehearsalService monarchRehearsalService(
            EnvironmentRegistry environments,
            CopyService copies,
            Migrator migrator,
            DatabaseRemoval removal,
            MigrationProperties migrations) {
        return new RehearsalService(environments, copies, migrator, removal, migrations.historyCollection());
    }
}
