package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The application's own database, by its MongoDB beans. */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationDatabaseTests {

    private static final String SHOP = "mongodb://localhost:1/shop?serverSelectionTimeoutMS=50";

    private final ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles();

    @Test
    void thePrimaryTemplateTakesPrecedenceOverSpringBootsFactory(CapturedOutput output) {
        application.withUserConfiguration(Client.class, PrimaryTemplate.class).run(context -> {
            assertThat(addressIn(context.getBean(EnvironmentRegistry.class).own()))
                    .isEqualTo("localhost:1/shop");
            assertThat(output)
                    .contains("Environment 'default' is database 'shop', as bean 'shopTemplate' says.")
                    .contains("'archiveTemplate' is at localhost:1/archive")
                    .contains("'mongoDatabaseFactory' is at localhost:1/test");
        });
    }

    @Test
    void withoutAPrimaryTemplateThatOfTheRepositoriesDecides() {
        application
                .withUserConfiguration(Client.class, NamedTemplate.class)
                .run(context -> assertThat(addressIn(
                                context.getBean(EnvironmentRegistry.class).own()))
                        .isEqualTo("localhost:1/shop"));
    }

    @Test
    void ambiguousTemplatesAreRefusedByName() {
        refuses(
                "'shopTemplate' is at localhost:1/shop, 'archiveTemplate' is at localhost:1/archive, and it is unclear which of them is the application's database: mark the one that is in the application's database as"
                        + " @Primary.",
                Client.class,
                TwoTemplates.class);
    }

    @Test
    void aTemplateAndAFactoryOfTheApplicationsThatDisagreeAreRefusedByName() {
        refuses(
                "'auditTemplate' is at localhost:1/audit, 'shopFactory' is at localhost:1/shop, and it is unclear which of them is the application's database: let both use the application's database.",
                Client.class,
                FactoryAndTemplate.class);
    }

    @Test
    void severalClientsWithoutAFactoryDoNotDisableMonarch() {
        application.withUserConfiguration(TwoClients.class).run(context -> {
            assertThat(addressIn(context.getBean(EnvironmentRegistry.class).own()))
                    .isEqualTo("localhost:2/shop");
        });
    }

    @Test
    void theDefaultConnectionIsNotUsedIfBeansUseAnotherDatabase() {
        refuses(
                "'mongoTemplate' is at localhost:27017/test, 'orders' is at (unknown server)/shop, and it is unclear which of them is the application's database: set spring.mongodb.uri to the application's database.",
                OwnDatabaseBean.class);
    }

    @Test
    void aConfiguredConnectionIsAlwaysUsed() {
        application
                .withUserConfiguration(OwnDatabaseBean.class)
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/main")
                .run(context -> assertThat(addressIn(
                                context.getBean(EnvironmentRegistry.class).own()))
                        .isEqualTo("localhost:1/main"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "validate", "ready"})
    void aFactoryPerThreadFailsTheStartOnlyIfMigrationsMustRun(String runAt) {
        application
                .withUserConfiguration(Client.class, Tenants.class)
                .withPropertyValues("monarch.migrations.run-at=" + runAt)
                .run(context -> {
                    Throwable failure = NestedExceptionUtils.getRootCause(context.getStartupFailure());
                    if (runAt.equals("ready")) {
                        // Only SpringApplication calls the runner.
                        failure = catchThrowable(
                                () -> context.getBean(Migrator.class).migrate());
                    }
                    assertThat(failure)
                            .isInstanceOf(InvalidEnvironmentException.class)
                            .hasMessage(
                                    "Environment 'default' cannot be used: bean 'tenants': it does not say which database the application uses (IllegalStateException: no tenant): set"
                                            + " monarch.migrations.run-at=never and run the migrations of each database with"
                                            + " Migrator.on(…).");
                });
    }

    @Test
    void withRunAtNeverTheMigratorIsAvailableForEachTenant() {
        application
                .withUserConfiguration(Client.class, Tenants.class)
                .withPropertyValues("monarch.migrations.run-at=never")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    MonarchEnvironment tenant = MonarchEnvironment.using(
                            "a", Protection.DEFAULT, context.getBean(MongoClient.class), "tenant_a");
                    assertThat(context.getBean(Migrator.class).on(tenant).environment())
                            .isSameAs(tenant);
                });
    }

    private void refuses(String reason, Class<?>... configuration) {
        application.withUserConfiguration(configuration).run(context -> {
            assertThat(context).hasNotFailed();
            MonarchEnvironment own = context.getBean(EnvironmentRegistry.class).own();
            assertThatThrownBy(own::address)
                    .isInstanceOf(InvalidEnvironmentException.class)
                    .hasMessage("Environment 'default' cannot be used: the application's beans: " + reason);
        });
    }

    private static String addressIn(MonarchEnvironment environment) {
        EnvironmentAddress address = environment.address();
        return String.join(",", address.hosts()) + "/" + address.database();
    }

    private static MongoTemplate template(MongoClient client, String database) {
        return new MongoTemplate(new SimpleMongoClientDatabaseFactory(client, database));
    }

    @Configuration(proxyBeanMethods = false)
    static class Client {

        @Bean
        MongoClient mongoClient() {
            return MongoClients.create(SHOP);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryTemplate {

        @Bean
        @Primary
        MongoTemplate shopTemplate(MongoClient client) {
            return template(client, "shop");
        }

        @Bean
        MongoTemplate archiveTemplate(MongoClient client) {
            return template(client, "archive");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NamedTemplate {

        @Bean
        MongoTemplate mongoTemplate(MongoClient client) {
            return template(client, "shop");
        }

        @Bean
        MongoTemplate archiveTemplate(MongoClient client) {
            return template(client, "archive");
        }
    }

    /** Spring Boot's GridFsTemplate cannot use two factories, so unused beans are lazy. */
    @Configuration(proxyBeanMethods = false)
    @Import(LazyInitializationBeanFactoryPostProcessor.class)
    static class TwoTemplates {

        @Bean
        MongoTemplate shopTemplate(MongoClient client) {
            return template(client, "shop");
        }

        @Bean
        MongoTemplate archiveTemplate(MongoClient client) {
            return template(client, "archive");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FactoryAndTemplate {

        @Bean
        MongoDatabaseFactory shopFactory(MongoClient client) {
            return new SimpleMongoClientDatabaseFactory(client, "shop");
        }

        @Bean
        MongoTemplate auditTemplate(MongoClient client) {
            return template(client, "audit");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoClients {

        @Bean
        MongoClient one() {
            return MongoClients.create(SHOP);
        }

        @Bean
        MongoClient two() {
            return MongoClients.create("mongodb://localhost:2/?serverSelectionTimeoutMS=50");
        }

        @Bean
        MongoTemplate shopTemplate() {
            return template(two(), "shop");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDatabaseBean {

        @Bean
        MongoDatabase orders(MongoClient client) {
            return client.getDatabase("shop");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Tenants {

        @Bean
        MongoDatabaseFactory tenants(MongoClient client) {
            return new SimpleMongoClientDatabaseFactory(client, "shared") {
                @Override
                public MongoDatabase getMongoDatabase() {
                    throw new IllegalStateException("no tenant");
                }
            };
        }

        @Bean
        @Migration("1")
        MongoMigration first() {
            return context -> {};
        }
    }
}
