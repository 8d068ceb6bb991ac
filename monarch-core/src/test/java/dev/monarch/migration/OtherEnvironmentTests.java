package dev.monarch.migration;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The migrations of a running application, for another environment than its own. */
@MongoTest
class OtherEnvironmentTests {

    @Test
    void migrationsThatOnlyUseTheirContextRunOnAnotherEnvironment(TestMongo mongo) {
        MonarchEnvironment other = other(mongo);
        Migrator migrator =
                TestMigrations.on(mongo).withRecording("1").migrator().on(other);

        migrator.migrate();

        assertThat(other.database().getCollection("ran").countDocuments()).isEqualTo(1);
        assertThat(mongo.database().getCollection("ran").countDocuments()).isZero();
    }

    @Test
    void aMigrationThatUsesTheApplicationsDatabaseIsRefusedWithTheNextStep(TestMongo mongo) {
        try (AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext()) {
            application.registerBean(
                    "mongoTemplate",
                    MongoTemplate.class,
                    () -> new MongoTemplate(
                            new SimpleMongoClientDatabaseFactory(mongo.client(), mongo.databaseName())));
            application.register(Injected.class);
            application.refresh();
            Migrator migrator = new Migrator(
                    TestMigrations.on(mongo).environment(), MigrationSet.in(application), MigrationSettings.DEFAULT);

            assertThatExceptionOfType(InvalidMigrationsException.class)
                    .isThrownBy(() -> migrator.on(other(mongo)))
                    .satisfies(e -> assertThat(e.problems())
                            .singleElement()
                            .asString()
                            .contains("bean 'count'", "reaches the application's own database through")
                            .contains("count -> dogCounter -> mongoTemplate"));
            assertThat(migrator.plan().ids()).containsExactly("1", "2");
        }
    }

    private static MonarchEnvironment other(TestMongo mongo) {
        // Requests the database, so that it is dropped after the test.
        mongo.uri(mongo.databaseName() + "_o");
        return MonarchEnvironment.using("other", Protection.DEFAULT, mongo.client(), mongo.databaseName() + "_o");
    }

    record DogCounter(MongoTemplate template) {}

    @Configuration(proxyBeanMethods = false)
    static class Injected {

        @Bean
        DogCounter dogCounter(MongoTemplate template) {
            return new DogCounter(template);
        }

        @Bean
        @Migration("1")
        MongoMigration count(DogCounter counter) {
            return context -> counter.template().insert(new Document("dogs", List.of()), "counts");
        }

        @Bean
        @Migration("2")
        MongoMigration free() {
            return context -> {};
        }
    }
}
