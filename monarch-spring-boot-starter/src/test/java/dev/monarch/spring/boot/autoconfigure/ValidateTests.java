package dev.monarch.spring.boot.autoconfigure;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.monarch.OperationRefusedException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.migration.Migrator;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** {@code run-at=validate} and {@code run-at=never}: the application runs no migrations. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class ValidateTests {

    @ParameterizedTest
    @ValueSource(strings = {"validate", "VALIDATE"})
    void pendingMigrationsFailTheStart(String runAt, TestMongo mongo, CapturedOutput output) {
        Throwable failure = catchThrowable(() -> Kennel.start(
                Kennel.application(Kennel.Migrations.class), mongo, "--monarch.migrations.run-at=" + runAt));

        assertThat(failure).rootCause().isInstanceOfSatisfying(PendingMigrationsException.class, pending -> {
            assertThat(pending.pending()).isEqualTo(List.of("1-dogs", "2-houses"));
            assertThat(pending)
                    .hasMessage("Environment 'default' has pending migrations (1-dogs, 2-houses): this application only"
                            + " validates.");
        });
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Environment 'default' has pending migrations (1-dogs, 2-houses)")
                .contains(
                        "Run them with 'monarch migrate default', or start the application with monarch.migrations.run-at=startup.");
        assertThat(Kennel.STEPS).isEmpty();
        assertThat(mongo.database().listCollectionNames().first()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "startup"})
    void theHistoryOfAnotherToolFailsTheStart(String runAt, TestMongo mongo, CapturedOutput output) {
        mongo.database().getCollection("mongockChangeLog").insertOne(new Document("changeId", "1-dogs"));

        Throwable failure = catchThrowable(() -> Kennel.start(
                Kennel.application(Kennel.Migrations.class), mongo, "--monarch.migrations.run-at=" + runAt));

        assertThat(failure).rootCause().isInstanceOf(OperationRefusedException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("the database has a history of Mongock in 'mongockChangeLog'")
                .contains("Record what the other tool has applied with 'monarch import-history default'");
        assertThat(Kennel.STEPS).isEmpty();
        if (runAt.equals("startup")) {
            Kennel.start(
                            Kennel.application(Kennel.Migrations.class),
                            mongo,
                            "--monarch.migrations.other-history=ignore")
                    .close();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }

    @Test
    void withNothingPendingTheApplicationStarts(TestMongo mongo, CapturedOutput output) {
        Kennel.migrateFromElsewhere(mongo);
        try (var context = Kennel.start(
                Kennel.application(Kennel.Migrations.class), mongo, "--monarch.migrations.run-at=validate")) {
            assertThat(context.isRunning()).isTrue();
        }
        assertThat(output).containsOnlyOnce("Environment 'default': nothing pending, 2 applied");
        assertThat(Kennel.STEPS).isEmpty();
    }

    @Test
    void withoutMigrationsTheDatabaseIsNotQueried() {
        ConfigFiles.applicationWithoutFiles()
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own?serverSelectionTimeoutMS=100",
                        "monarch.migrations.run-at=validate")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "NEVER"})
    void neverLeavesEverythingToTheCaller(String runAt, TestMongo mongo) {
        try (var context = Kennel.start(
                Kennel.application(Kennel.Migrations.class), mongo, "--monarch.migrations.run-at=" + runAt)) {
            assertThat(Kennel.STEPS).isEmpty();
            assertThat(mongo.database().listCollectionNames().first()).isNull();

            context.getBean(Migrator.class).migrate();
            assertThat(Kennel.STEPS).containsExactly("migrated dogs", "migrated houses");
        }
    }
}
