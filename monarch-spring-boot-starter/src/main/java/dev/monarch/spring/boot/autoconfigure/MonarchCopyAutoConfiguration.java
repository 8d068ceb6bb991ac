package dev.monarch.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.copy.CopyService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

/**
 * Auto-configuration for copies between environments, and for the query sets that select data for copies and backups.
 */
@AutoConfiguration(after = MonarchEnvironmentAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
@EnableConfigurationProperties({MaskingProperties.class, MigrationProperties.class, LockProperties.class})
public final class MonarchCopyAutoConfiguration {

    /** Called by Spring. */
    public MonarchCopyAutoConfiguration() {}

    /** Collected from this context and its parents, which may define query sets. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    QuerySets monarchQuerySets(
            ObjectProvider<QuerySet> querySets,
            ObjectProvider<MongoConverter> converter,
            MaskingProperties masking,
            MigrationProperties migrations) {
        return new QuerySets(
                querySets.stream().toList(), converter.getIfUnique(), masking.toKey(), migrations.historyCollection());
    }

    /** Created in this context, as the environments are. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    CopyService monarchCopyService(
            EnvironmentRegistry environments,
            QuerySets querySets,
            Guard guard,
            LockProperties lock,
            MigrationProperties migrations,
            Pace pace) {
        return new CopyService(
                environments, querySets, guard, lock.toSettings(WhenLocked.WAIT), migrations.historyCollection(), pace);
    }
}
