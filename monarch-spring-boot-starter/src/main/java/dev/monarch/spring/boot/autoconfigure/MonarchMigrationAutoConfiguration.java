package dev.monarch.spring.boot.autoconfigure;

import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationHook;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.Migrator.MigrationSurroundings;
import dev.monarch.spring.boot.operation.InterruptibleOperations;

/** Auto-configuration for migrations, and for running them when the application starts. */
@AutoConfiguration(after = MonarchEnvironmentAutoConfiguration.class)
@ConditionalOnBean(EnvironmentRegistry.class)
@EnableConfigurationProperties({MigrationProperties.class, LockProperties.class})
public final class MonarchMigrationAutoConfiguration {

    /** Called by Spring. */
    public MonarchMigrationAutoConfiguration() {}

    /** Created in this context, as the migrations are. To find them, all beans are looked through, so this is done once. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    MigrationSet monarchMigrationSet(ConfigurableListableBeanFactory beans) {
        return MigrationSet.in(beans);
    }

    /**
     * Lazy, so that an application without migrations needs no database; created in this context, as the migrations
     * are.
     */
    @Bean
    @Lazy
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    Migrator monarchMigrator(
            EnvironmentRegistry environments,
            ConfigurableListableBeanFactory beans,
            MigrationSet migrations,
            MigrationProperties properties,
            LockProperties lock,
            Guard guard) {
        MonarchEnvironment own = environments.own();
        return new Migrator(
                own,
                migrations,
                properties.toSettings(lock.toSettings(properties.whenLocked())),
                guard,
                surroundingsIn(beans, own.name()));
    }

    @Bean
    @ConditionalOnRunAt({RunAt.STARTUP, RunAt.VALIDATE})
    MigrationLifecycle monarchMigrationLifecycle(BootMigrations migrations, MigrationProperties properties) {
        return new MigrationLifecycle(migrations, properties.runAt());
    }

    @Bean
    @ConditionalOnRunAt(RunAt.READY)
    MigrationRunner monarchMigrationRunner(
            BootMigrations migrations, MigrationProperties properties, LockProperties lock) {
        return new MigrationRunner(migrations, properties.whenLocked(), lock.waitAtMost());
    }

    /** Not lazy: without a bean that depends on it, no one would ask for it. */
    @Bean
    @Lazy(false)
    EarlyMigrations monarchEarlyMigrations(
            MigrationProperties properties,
            ObjectProvider<BootMigrations> migrations,
            ObjectProvider<InterruptedSwapLifecycle> swaps) {
        return new EarlyMigrations(properties.runAt(), migrations, swaps);
    }

    @Bean
    @ConditionalOnRunAt({RunAt.EARLY, RunAt.STARTUP, RunAt.VALIDATE, RunAt.READY})
    BootMigrations monarchBootMigrations(
            ListableBeanFactory beans,
            EnvironmentRegistry environments,
            MigrationProperties properties,
            FirstContact contact,
            Environment environment,
            ObjectProvider<InterruptibleOperations> operations) {
        BootMigrators migrators = new BootMigrators(beans.getBeanProvider(Migrator.class), environments, properties);
        return new BootMigrations(
                beans, migrators, contact, environment, operations.getIfAvailable(InterruptibleOperations::new));
    }

    @Bean
    FirstContact monarchFirstContact(
            MigrationProperties properties, ObjectProvider<InterruptibleOperations> operations) {
        return FirstContact.of(properties, operations.getIfAvailable(InterruptibleOperations::new));
    }

    /** Lets beans with {@code @DependsOnDatabaseInitialization} depend on early migrations. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DatabaseInitializationDependencyConfigurer.class)
    @Import(DatabaseInitializationDependencyConfigurer.class)
    static final class Dependents {}

    private static MigrationSurroundings surroundingsIn(ConfigurableListableBeanFactory beans, String environment) {
        ApplicationDatabase application = new ApplicationDatabase(new MongoBeans(beans), environment);
        return new MigrationSurroundings(
                application.hasTemplate() ? application::requireTemplate : templateOfReactive(beans),
                factoryIn(application),
                Stream.concat(
                                beans.getBeanProvider(MigrationListener.class).orderedStream(),
                                Stream.of(new NextStepLog()))
                        .toList(),
                beans.getBeanProvider(MigrationHook.class).orderedStream().toList());
    }

    /** An application with reactive beans only has no template, but a converter. */
    private static @Nullable Supplier<MongoOperations> templateOfReactive(ConfigurableListableBeanFactory beans) {
        ObjectProvider<MongoConverter> converters = beans.getBeanProvider(MongoConverter.class);
        if (new MongoBeans(beans).areSynchronous() || converters.getIfUnique() == null) {
            return null;
        }
        return () -> {
            MonarchEnvironment own = beans.getBean(EnvironmentRegistry.class).own();
            return new MongoTemplate(
                    new SimpleMongoClientDatabaseFactory(
                            own.client(), own.address().database()),
                    converters.getObject());
        };
    }

    private static @Nullable MongoDatabaseFactory factoryIn(ApplicationDatabase application) {
        try {
            return application.locate().factory();
        } catch (InvalidEnvironmentException e) {
            // Using the application's own environment reports the problem; other environments may be migrated.
            return null;
        }
    }
}
