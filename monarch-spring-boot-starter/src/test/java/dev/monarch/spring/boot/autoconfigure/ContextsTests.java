package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications with different context hierarchies. */
@MongoTest
class ContextsTests {

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void migrationsRunWithLazyInitialization(String runAt, TestMongo mongo) {
        try (var context = Kennel.start(
                Kennel.application(Kennel.Migrations.class),
                mongo,
                "--spring.main.lazy-initialization=true",
                "--monarch.migrations.run-at=" + runAt)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with Java 21")
    void migrationsRunWithVirtualThreads(String runAt, TestMongo mongo) {
        try (var context = Kennel.start(
                Kennel.application(Kennel.Migrations.class).web(WebApplicationType.SERVLET),
                mongo,
                "--server.port=0",
                "--spring.threads.virtual.enabled=true",
                "--monarch.migrations.run-at=" + runAt)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }

    @Test
    void aParentsMigrationsRunWhenTheParentStartsAndNotAgainForTheChild(TestMongo mongo) {
        SpringApplicationBuilder parent =
                Kennel.application(Kennel.Migrations.class).properties("spring.mongodb.uri=" + mongo.uri());
        try (var context = parent.child(Kennel.Application.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(context.getParent()).isNotNull();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }

    @Test
    void aChildsMigrationsRunWhenTheChildStarts(TestMongo mongo) {
        SpringApplicationBuilder parent = Kennel.application().properties("spring.mongodb.uri=" + mongo.uri());
        try (var context = parent.child(Kennel.Application.class, Kennel.Migrations.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(context.getParent()).isNotNull();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
            assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED", "2-houses APPLIED");
        }
    }

    @Test
    void parentAndChildMayBothHaveMigrations(TestMongo mongo) {
        SpringApplicationBuilder parent =
                Kennel.application(Kennel.Migrations.class).properties("spring.mongodb.uri=" + mongo.uri());
        try (var context = parent.child(Kennel.Application.class, More.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(context.getParent()).isNotNull();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses", "migrated accounts");
            assertThat(Kennel.history(mongo))
                    .containsExactly("1-dogs APPLIED", "2-houses APPLIED", "3-accounts APPLIED");
        }
    }

    @Test
    void aChildWithItsOwnDatabaseMigratesThatDatabase(TestMongo mongo) {
        String other = mongo.databaseName() + "x";
        SpringApplicationBuilder parent =
                Kennel.application().properties("spring.mongodb.uri=" + mongo.uri(), "other.uri=" + mongo.uri(other));
        try (var context = parent.child(Kennel.Application.class, OtherDatabase.class, Kennel.Migrations.class)
                .web(WebApplicationType.NONE)
                .run()) {
            assertThat(context.getBean(EnvironmentRegistry.class)
                            .own()
                            .address()
                            .database())
                    .isEqualTo(other);
            assertThat(mongo.client()
                            .getDatabase(other)
                            .getCollection("monarch.history")
                            .countDocuments())
                    .isEqualTo(2);
            assertThat(mongo.database().listCollectionNames().first()).isNull();
        }
    }

    @Test
    void siblingsOnOneDatabaseMigrateOnce(TestMongo mongo) {
        SpringApplicationBuilder first = Kennel.application(Kennel.Migrations.class);
        SpringApplicationBuilder second = Kennel.application(Kennel.Migrations.class);
        try (ConfigurableApplicationContext one = Kennel.start(first, mongo);
                ConfigurableApplicationContext two = Kennel.start(second, mongo)) {
            assertThat(one.isRunning() && two.isRunning()).isTrue();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }

    @Test
    void siblingsOnTwoDatabasesEachMigrateTheirOwn(TestMongo mongo) {
        String other = mongo.databaseName() + "x";
        SpringApplicationBuilder first = Kennel.application(Kennel.Migrations.class);
        SpringApplicationBuilder second = Kennel.application(Kennel.Migrations.class);
        try (ConfigurableApplicationContext one = Kennel.start(first, mongo);
                ConfigurableApplicationContext two = second.run("--spring.mongodb.uri=" + mongo.uri(other))) {
            assertThat(one.getBean(EnvironmentRegistry.class).own().address().database())
                    .isEqualTo(mongo.databaseName());
            assertThat(two.getBean(EnvironmentRegistry.class).own().address().database())
                    .isEqualTo(other);
            assertThat(Kennel.STEPS)
                    .containsExactly("migrated dogs", "migrated houses", "migrated dogs", "migrated houses");
        }
    }

    @Test
    void customConnectionDetailsDecideWhereMigrationsRun(TestMongo mongo) {
        try (var context = Kennel.application(Details.class, Writing.class)
                .run(
                        "--spring.mongodb.uri=mongodb://localhost:1/elsewhere?serverSelectionTimeoutMS=100",
                        "--details.uri=" + mongo.uri())) {
            assertThat(context.getBean(MongoClient.class))
                    .isSameAs(context.getBean(EnvironmentRegistry.class).own().client());
            assertThat(mongo.database().getCollection("dogs").countDocuments()).isOne();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class More {

        @Bean
        @Migration("3-accounts")
        MongoMigration accounts() {
            return Kennel.remembering("migrated accounts");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Writing {

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs() {
            return context -> context.template().insert(new Document("name", "Rex"), "dogs");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherDatabase {

        @Bean
        MongoDatabaseFactory mongoDatabaseFactory(Environment environment) {
            return new SimpleMongoClientDatabaseFactory(environment.getRequiredProperty("other.uri"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {

        @Bean
        MongoConnectionDetails details(Environment environment) {
            return () -> new ConnectionString(environment.getRequiredProperty("details.uri"));
        }
    }
}
