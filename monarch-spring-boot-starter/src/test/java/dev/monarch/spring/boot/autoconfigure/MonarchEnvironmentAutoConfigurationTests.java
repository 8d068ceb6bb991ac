package dev.monarch.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCluster;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MonarchEnvironmentAutoConfigurationTests {

    /** Spring Boot's template does not support several factories. Such applications define their own templates. */
    private final ApplicationContextRunner withoutTemplate = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MonarchEnvironmentAutoConfiguration.class, MonarchMigrationAutoConfiguration.class));

    private final ApplicationContextRunner application =
            ConfigFiles.applicationWithoutFiles().withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own");

    @Test
    void anApplicationWithMongoHasEnvironmentsAndAGuard() {
        application.run(context ->
                assertThat(context).hasSingleBean(EnvironmentRegistry.class).hasSingleBean(Guard.class));
    }

    @Test
    void enabledMayBeSetExplicitly() {
        application
                .withPropertyValues("monarch.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(EnvironmentRegistry.class));
    }

    @Test
    void ifDisabledThereAreNoBeans() {
        application.withPropertyValues("monarch.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(EnvironmentRegistry.class);
            assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.startsWith("monarch"));
        });
    }

    @Test
    void withoutADatabaseFactoryThereIsNothing() {
        withoutTemplate.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBeanDefinitionNames()).noneMatch(name -> name.startsWith("monarch"));
        });
    }

    @Test
    void withoutTheDriverThereIsNothing() {
        application.withClassLoader(new FilteredClassLoader(MongoClient.class)).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(EnvironmentRegistry.class);
            assertThat(whatDidNotMatch(context)).contains("required class 'com.mongodb.client.MongoClient'");
        });
    }

    @Test
    void withTheDriverAloneThereIsNothing() {
        application
                .withClassLoader(new FilteredClassLoader("org.springframework.data.mongodb"))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(MongoClient.class)
                            .doesNotHaveBean(EnvironmentRegistry.class);
                    assertThat(whatDidNotMatch(context))
                            .contains("required class 'org.springframework.data.mongodb.MongoDatabaseFactory'");
                });
    }

    @Test
    void theUsersRegistryTakesPrecedence() {
        application.withUserConfiguration(OwnRegistry.class).run(context -> {
            assertThat(context).hasSingleBean(EnvironmentRegistry.class).hasBean("theUsersRegistry");
            assertThat(context.getBean(EnvironmentRegistry.class).own().name()).isEqualTo("the users");
        });
    }

    @Test
    void theUsersGuardTakesPrecedence() {
        application
                .withUserConfiguration(OwnGuard.class)
                .run(context -> assertThat(context).hasSingleBean(Guard.class).hasBean("theUsersGuard"));
    }

    @Test
    void dropsArePossibleOnlyIfEnabled() {
        application
                .withUserConfiguration(Remote.class)
                .run(context -> assertThatThrownBy(() -> drop(
                                context.getBean(Guard.class),
                                context.getBean(EnvironmentRegistry.class).own()))
                        .isInstanceOfSatisfying(
                                OperationRefusedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.DROP_DISABLED)));
        application
                .withUserConfiguration(Remote.class)
                .withPropertyValues("monarch.drop-enabled=true")
                .run(context -> assertThatCode(() -> drop(
                                context.getBean(Guard.class),
                                context.getBean(EnvironmentRegistry.class).own()))
                        .doesNotThrowAnyException());
    }

    @Test
    void theUsersDatabaseFactoryNeedsNoClientBean() {
        application.withUserConfiguration(OwnFactory.class).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(MongoClient.class);
            assertThat(context.getBean(EnvironmentRegistry.class).own().address())
                    .hasToString("EnvironmentAddress[hosts=[localhost:2], database=theirs]");
        });
    }

    @Test
    void severalDatabaseFactoriesAreRefusedOnlyOnUse() {
        withoutTemplate.withUserConfiguration(TwoFactories.class).run(context -> {
            assertThat(context).hasNotFailed();
            EnvironmentRegistry environments = context.getBean(EnvironmentRegistry.class);
            MonarchEnvironment own = environments.own();
            assertThatThrownBy(own::address).hasMessageContaining("one").hasMessageContaining("two");
        });
    }

    @Test
    void thePrimaryDatabaseFactoryIsTheApplicationsOwn() {
        application
                .withUserConfiguration(PrimaryFactory.class)
                .run(context -> assertThat(context.getBean(EnvironmentRegistry.class)
                                .own()
                                .address()
                                .database())
                        .isEqualTo("two"));
    }

    @Test
    void monarchHasItsOwnClientInAdditionToSpringBoots() {
        List<MongoCluster> opened = new ArrayList<>();
        application
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own?w=0&readPreference=secondary"
                        + "&serverSelectionTimeoutMS=1&timeoutMS=5")
                .withBean(
                        MongoClientSettingsBuilderCustomizer.class,
                        () -> settings -> settings.applyToClusterSettings(
                                cluster -> cluster.hosts(List.of(new ServerAddress("localhost", 2)))))
                .run(context -> {
                    MonarchEnvironment environment =
                            context.getBean(EnvironmentRegistry.class).own();
                    MongoCluster own = environment.ownClient();
                    opened.add(own);

                    assertThat(own)
                            .isNotSameAs(environment.client())
                            .asInstanceOf(InstanceOfAssertFactories.type(MongoClient.class))
                            .extracting(client -> client.getClusterDescription()
                                    .getClusterSettings()
                                    .getHosts())
                            .isEqualTo(List.of(new ServerAddress("localhost", 2)));
                    assertThat(own.getReadPreference()).isEqualTo(ReadPreference.primary());
                    assertThat(own.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
                    assertThat(own.getTimeout(TimeUnit.MILLISECONDS)).isNull();
                    assertThat(context.getBeansOfType(MongoClient.class)).hasSize(1);
                });
        assertThat(opened)
                .singleElement()
                .satisfies(
                        own -> assertThatThrownBy(() -> own.listDatabaseNames().first())
                                .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void monarchUsesAViewOfAClientDefinedByTheApplication() {
        application
                .withBean(
                        MongoClient.class,
                        () -> MongoClients.create("mongodb://localhost:3/?w=0&readPreference=secondary"))
                .run(context -> {
                    MonarchEnvironment environment =
                            context.getBean(EnvironmentRegistry.class).own();

                    assertThat(environment.address().hosts()).containsExactly("localhost:3");
                    assertThat(environment.ownClient()).isNotInstanceOf(MongoClient.class);
                    assertThat(environment.ownClient().getReadPreference()).isEqualTo(ReadPreference.primary());
                    assertThat(environment.ownClient().getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
                });
    }

    @Test
    void monarchHasItsOwnClientForAConfiguredEnvironment() {
        application
                .withPropertyValues(
                        "monarch.environments.staging.uri=mongodb://localhost:4/kennel?w=0&timeoutMS=5&appName=kennel")
                .run(context -> {
                    MonarchEnvironment environment =
                            context.getBean(EnvironmentRegistry.class).get("staging");

                    assertThat(environment.ownClient())
                            .isInstanceOf(MongoClient.class)
                            .isNotSameAs(environment.client());
                    assertThat(environment.ownClient().getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
                    assertThat(environment.ownClient().getTimeout(TimeUnit.MILLISECONDS))
                            .isNull();
                    assertThat(environment.client().getWriteConcern()).isEqualTo(WriteConcern.UNACKNOWLEDGED);
                });
    }

    private static String whatDidNotMatch(AssertableApplicationContext context) {
        return Objects.requireNonNull(ConditionEvaluationReport.get(
                                context.getSourceApplicationContext().getBeanFactory())
                        .getConditionAndOutcomesBySource()
                        .get(MonarchEnvironmentAutoConfiguration.class.getName()))
                .stream()
                .map(outcome -> outcome.getOutcome())
                .filter(outcome -> !outcome.isMatch())
                .map(outcome -> String.valueOf(outcome.getMessage()))
                .collect(Collectors.joining());
    }

    private static void drop(Guard guard, MonarchEnvironment environment) {
        guard.check(GuardedOperation.DROP_DATABASE, environment, Approval.naming(environment.name()));
    }

    private static MongoDatabaseFactory factory(String database) {
        return new SimpleMongoClientDatabaseFactory(MongoClients.create("mongodb://localhost:2"), database);
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnRegistry {

        @Bean
        EnvironmentRegistry theUsersRegistry(MongoClient client) {
            MonarchEnvironment own = MonarchEnvironment.using("the users", Protection.DEFAULT, client, "theirs");
            return new EnvironmentRegistry(() -> own, List.of());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Remote {

        @Bean
        MongoDatabaseFactory remote() {
            return new SimpleMongoClientDatabaseFactory("mongodb://db.example.com:1/theirs");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGuard {

        @Bean
        Guard theUsersGuard() {
            return new Guard(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnFactory {

        @Bean
        MongoDatabaseFactory theirs() {
            return factory("theirs");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoFactories {

        @Bean
        MongoDatabaseFactory one() {
            return factory("one");
        }

        @Bean
        MongoDatabaseFactory two() {
            return factory("two");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryFactory {

        @Bean
        MongoDatabaseFactory one() {
            return factory("one");
        }

        @Bean
        @Primary
        MongoDatabaseFactory two() {
            return factory("two");
        }
    }
}
