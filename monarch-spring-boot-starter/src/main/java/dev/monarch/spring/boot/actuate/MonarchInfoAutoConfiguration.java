package dev.monarch.spring.boot.actuate;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.spring.boot.autoconfigure.MigrationProperties;
import dev.monarch.spring.boot.autoconfigure.MonarchEnvironmentAutoConfiguration;
import dev.monarch.spring.boot.autoconfigure.MonarchMigrationAutoConfiguration;
import dev.monarch.spring.boot.status.EnvironmentReader;

/** Auto-configuration for what Monarch adds to the information about the application. */
@AutoConfiguration(after = {MonarchEnvironmentAutoConfiguration.class, MonarchMigrationAutoConfiguration.class})
@ConditionalOnClass(ConditionalOnEnabledInfoContributor.class)
@ConditionalOnBean(EnvironmentRegistry.class)
@ConditionalOnEnabledInfoContributor("monarch")
public final class MonarchInfoAutoConfiguration {

    /** Called by Spring. */
    public MonarchInfoAutoConfiguration() {}

    @Bean
    MonarchInfoContributor monarchInfoContributor(
            EnvironmentRegistry environments, ListableBeanFactory beans, MigrationProperties migrations) {
        return new MonarchInfoContributor(new EnvironmentReader(environments, beans, migrations));
    }
}
