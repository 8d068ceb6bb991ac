package dev.monarch.spring.boot.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import dev.monarch.backfill.BackfillSet.BackfillSupplier;
import dev.monarch.engine.version.VersionBackfill;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.version.DocumentVersionChange;
import dev.monarch.version.DocumentVersions;

/** Auto-configuration for versions of documents. Without a {@link DocumentVersionChange} bean, it adds nothing. */
@AutoConfiguration(after = MonarchBackfillAutoConfiguration.class)
@ConditionalOnBean({EnvironmentRegistry.class, DocumentVersionChange.class})
@EnableConfigurationProperties(VersionProperties.class)
public final class MonarchVersionAutoConfiguration {

    /** Called by Spring. */
    public MonarchVersionAutoConfiguration() {}

    @Bean
    VersionedCollections monarchVersionedCollections(ListableBeanFactory beans, VersionProperties versions) {
        return VersionedCollections.in(beans, versions.field());
    }

    @Bean
    VersionLifecycle monarchVersionLifecycle(
            EnvironmentRegistry environments, VersionedCollections collections, VersionProperties versions) {
        return new VersionLifecycle(environments, collections, versions);
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    DocumentVersions monarchDocumentVersions(
            EnvironmentRegistry environments,
            ListableBeanFactory beans,
            VersionProperties versions,
            BackfillProperties backfills,
            MigrationProperties migrations,
            LockProperties lock) {
        return new DocumentVersions(
                environments.own(),
                beans,
                versions.toSettings(),
                backfills.toSettings(migrations, lock.toSettings(WhenLocked.WAIT)));
    }

    @Bean
    BackfillSupplier monarchVersionBackfills(VersionedCollections collections) {
        return () -> collections.all().stream().map(VersionBackfill::of).toList();
    }

    /** Static, because it is created before other beans. It asks for the versions when a database is used first. */
    @Bean
    static VersionedFactories monarchVersionedFactories(ObjectProvider<VersionedCollections> versions) {
        return new VersionedFactories(versions);
    }
}
