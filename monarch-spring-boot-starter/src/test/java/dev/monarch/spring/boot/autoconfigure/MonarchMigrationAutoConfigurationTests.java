package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;

import static org.assertj.core.api.Assertions.assertThat;

/** Without a server, so that every start that queries the database fails. */
class MonarchMigrationAutoConfigurationTests {

    /** Spring Boot's template does not support several factories. Such applications define their own templates. */
    private final ApplicationContextRunner withoutTemplate = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MonarchEnvironmentAutoConfiguration.class, MonarchMigrationAutoConfiguration.class));

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
            .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100");

    @Test
    void anApplicationWithMongoHasAMigratorOfItsOwnEnvironment() {
        application.run(context ->
                assertThat(context.getBean(Migrator.class).environment().name()).isEqualTo("default"));
    }

    @Test
    void withoutEnvironmentsThereIsNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(MonarchMigrationAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Migrator.class));
    }

    @Test
    void theUsersMigratorTakesPrecedence() {
        application
                .withUserConfiguration(OwnMigrator.class)
                .run(context ->
                        assertThat(context).hasSingleBean(Migrator.class).hasBean("theUsersMigrator"));
    }

    @Test
    void theMigrationsAreABean() {
        application
                .withUserConfiguration(OneMigration.class)
                .withPropertyValues("monarch.migrations.run-at=never")
                .run(context -> assertThat(context.getBean(MigrationSet.class).ids())
                        .isNotEmpty()
                        .containsExactlyElementsOf(
                                MigrationSet.in(context.getBeanFactory()).ids()));
    }

    @Test
    void aMigrationIsRunWhenTheApplicationStarts() {
        application
                .withUserConfiguration(OneMigration.class)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("MongoTimeoutException"));
    }

    @Test
    void withoutMigrationsTheDatabaseIsNotQueried() {
        application.run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(classes = {NoId.class, NoMigration.class})
    void invalidMigrationsAreDetected(Class<?> configuration) {
        application
                .withUserConfiguration(configuration)
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("MongoTimeoutException"));
    }

    @Test
    void severalDatabaseFactoriesDoNotFailTheStartWithoutMigrations() {
        withoutTemplate
                .withUserConfiguration(TwoFactories.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void severalDatabaseFactoriesFailTheStartWithMigrations() {
        withoutTemplate
                .withUserConfiguration(TwoFactories.class, OneMigration.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidEnvironmentException.class)
                        .hasMessageContainingAll("'one' is at ", "'two' is at ", "as @Primary"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnMigrator {

        @Bean
        Migrator theUsersMigrator(EnvironmentRegistry environments) {
            return new Migrator(environments.own(), MigrationSet.of(List.of()), MigrationSettings.DEFAULT);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneMigration {

        @Bean
        @Migration("1")
        MongoMigration first() {
            return context -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoId {

        @Bean
        MongoMigration withoutId() {
            return context -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoMigration {

        @Bean
        @Migration("1")
        Runnable noMigration() {
            return () -> {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoFactories {

        @Bean
        MongoDatabaseFactory one() {
            return new SimpleMongoClientDatabaseFactory(MongoClients.create("mongodb://localhost:2"), "one");
        }

        @Bean
        MongoDatabaseFactory two() {
            return new SimpleMongoClientDatabaseFactory(MongoClients.create("mongodb://localhost:2"), "two");
        }
    }
}
