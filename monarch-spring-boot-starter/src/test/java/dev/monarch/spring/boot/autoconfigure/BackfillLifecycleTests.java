package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.InvalidMigrationsException;
import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An application runs its backfills when it is ready, and stops them with itself. */
@MongoTest
class BackfillLifecycleTests {

    private static final String ID = "202612011200-weight-in-kg";

    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String ARCHIVED = "202612011210-archived";

    @Test
    void anApplicationContinuesWhereItStopped(TestMongo mongo) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(IntStream.rangeClosed(1, 500)
                        .mapToObj(id -> new Document("_id", id).append("grams", id * 1000))
                        .toList());
        try (var context = Kennel.start(
                Kennel.application(WeightInKg.class),
                mongo,
                "--monarch.backfills.duty-cycle=1",
                "--monarch.backfills.back-off=false",
                "--monarch.backfills.max-rate=100")) {
            Backfills backfills = context.getBean(Backfills.class);
            await().atMost(LONG).until(() -> backfills.status(ID).progress().done() > 0);
            assertThat(backfills.status(ID).state()).isEqualTo(State.RUNNING);
        }
        assertThat(mongo.database().getCollection("monarch.lock").countDocuments(Filters.exists("token")))
                .as("locks that are held")
                .isZero();
        assertThat(mongo.database().getCollection("dogs").countDocuments(Filters.exists("kg")))
                .isBetween(1L, 499L);

        try (var context =
                Kennel.start(Kennel.application(WeightInKg.class), mongo, "--monarch.backfills.back-off=false")) {
            Backfills backfills = context.getBean(Backfills.class);
            await().atMost(LONG).until(() -> backfills.status(ID).state() == State.DONE);
            assertThat(backfills.status(ID).progress().done()).isEqualTo(500);
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments(Filters.exists("kg", false)))
                .isZero();
    }

    @Test
    void eachEnvironmentOfTheListRunsItsOwnBackfillsWithItsOwnState(TestMongo mongo) {
        MongoDatabase archive = mongo.client().getDatabase(mongo.databaseName() + "a");
        MonarchEnvironment environment =
                MonarchEnvironment.using("archive", Protection.DEFAULT, mongo.client(), archive.getName());
        for (MongoDatabase database : List.of(mongo.database(), archive)) {
            database.getCollection("dogs").insertOne(new Document("_id", 1).append("grams", 30_000));
        }
        try (var context = Kennel.start(
                Kennel.application(WeightInKg.class, Archived.class),
                mongo,
                "--monarch.environments.archive.uri=" + mongo.uri(archive.getName()),
                "--monarch.migrations.environments=default,archive")) {
            Backfills own = context.getBean(Backfills.class);
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(own.statuses()).extracting(BackfillStatus::id).containsExactly(ID);
                assertThat(own.statuses()).extracting(BackfillStatus::state).containsExactly(State.DONE);
                assertThat(own.on(environment).statuses())
                        .extracting(BackfillStatus::id)
                        .containsExactly(ID, ARCHIVED);
                assertThat(own.on(environment).statuses())
                        .extracting(BackfillStatus::state)
                        .containsOnly(State.DONE);
            });
        }
        assertThat(mongo.database().getCollection("dogs").find())
                .containsExactly(Document.parse("{_id: 1, grams: 30000, kg: 30}"));
        assertThat(archive.getCollection("dogs").find())
                .containsExactly(Document.parse("{_id: 1, grams: 30000, kg: 30, archived: true}"));
    }

    @Test
    void aBackfillAndAMigrationWithTheSameIdAreRefusedAtTheStart() {
        ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own")
                .withConfiguration(AutoConfigurations.of(MonarchBackfillAutoConfiguration.class))
                .withUserConfiguration(WeightInKg.class, SameId.class);

        application.run(context -> assertThat(context)
                .getFailure()
                .isInstanceOf(InvalidMigrationsException.class)
                .hasMessageContaining("of a migration and of a backfill are equal in natural order"));
    }

    @Test
    void backfillsCanBeSwitchedOff() {
        ConfigFiles.applicationWithoutFiles()
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:1/own", "monarch.migrations.run-at=never")
                .withConfiguration(AutoConfigurations.of(MonarchBackfillAutoConfiguration.class))
                .withPropertyValues("monarch.backfills.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Backfills.class)
                        .doesNotHaveBean(BackfillLifecycle.class));
    }

    @Backfill(ID)
    static class WeightInKg implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("kg", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            return Change.set("kg", dog.getInt32("grams").getValue() / 1000);
        }
    }

    @Backfill(id = ARCHIVED, environments = "archive")
    static class Archived implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("archived", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            return Change.set("archived", true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SameId {

        @Bean
        @Migration("0" + ID)
        MongoMigration sameId() {
            return context -> {};
        }
    }
}
