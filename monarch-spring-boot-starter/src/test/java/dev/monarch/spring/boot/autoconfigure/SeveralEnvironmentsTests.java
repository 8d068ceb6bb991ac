package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.MigrationFailedException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.process.ApplicationProcess;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** {@code monarch.migrations.environments}: an application that migrates several databases when it starts. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class SeveralEnvironmentsTests {

    private static final String BOTH = "--monarch.migrations.environments=default, archive";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static String archive(TestMongo mongo) {
        return mongo.databaseName() + "a";
    }

    private static String archiveUri(TestMongo mongo) {
        return "--monarch.environments.archive.uri=" + mongo.uri(archive(mongo));
    }

    private static MonarchEnvironment archiveOf(TestMongo mongo) {
        return MonarchEnvironment.using("archive", Protection.DEFAULT, mongo.client(), archive(mongo));
    }

    private static ConfigurableApplicationContext start(
            SpringApplicationBuilder application, TestMongo mongo, String... arguments) {
        List<String> all = new ArrayList<>(List.of(archiveUri(mongo)));
        all.addAll(List.of(arguments));
        return Kennel.start(application, mongo, all.toArray(String[]::new));
    }

    private static List<String> history(String database, TestMongo mongo) {
        return mongo.client()
                .getDatabase(database)
                .getCollection("monarch.history")
                .find()
                .sort(new Document("_id.id", 1))
                .map(entry -> entry.getEmbedded(List.of("_id", "id"), String.class) + " " + entry.getString("state"))
                .into(new ArrayList<>());
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void eachRunsItsOwnMigrationsInOrderWithItsOwnHistory(String runAt, TestMongo mongo, CapturedOutput output) {
        start(Kennel.application(Both.class), mongo, BOTH, "--monarch.migrations.run-at=" + runAt)
                .close();

        assertThat(Kennel.STEPS)
                .containsExactly("2-dogs on default", "3-all on default", "1-old on archive", "3-all on archive");
        assertThat(history(mongo.databaseName(), mongo)).containsExactly("2-dogs APPLIED", "3-all APPLIED");
        assertThat(history(archive(mongo), mongo)).containsExactly("1-old APPLIED", "3-all APPLIED");
        assertThat(output)
                .containsPattern(
                        "Migrated 2 environments in \\d+ ms: 'default' \\(2 applied\\), 'archive' \\(2 applied\\)");
    }

    @Test
    void theListDecidesOrderAndWhetherTheOwnIsAmongThem(TestMongo mongo) {
        start(Kennel.application(Both.class), mongo, "--monarch.migrations.environments=archive,default")
                .close();
        assertThat(Kennel.STEPS).first().isEqualTo("1-old on archive");

        start(Kennel.application(Both.class, Later.class), mongo, "--monarch.migrations.environments=archive")
                .close();
        assertThat(Kennel.STEPS).containsExactly("4-later on archive");
    }

    @Test
    void withoutTheListOnlyTheOwnIsMigrated(TestMongo mongo, CapturedOutput output) {
        start(Kennel.application(Both.class), mongo).close();

        assertThat(Kennel.STEPS).containsExactly("2-dogs on default", "3-all on default");
        assertThat(output).doesNotContain("Migrated 1 environments");
    }

    @Test
    void afterAFailureTheFollowingAreNotMigrated(TestMongo mongo, CapturedOutput output) {
        assertThatThrownBy(() -> start(
                        Kennel.application(Both.class, Failing.class),
                        mongo,
                        "--monarch.migrations.environments=archive,default"))
                .hasStackTraceContaining(MigrationFailedException.class.getName());

        assertThat(history(archive(mongo), mongo)).containsExactly("0-fails FAILED");
        assertThat(history(mongo.databaseName(), mongo)).isEmpty();
        assertThat(output)
                .containsOnlyOnce("Environment 'archive' failed. The environments after it are not migrated: 'default'")
                .doesNotContain("Migrated 2 environments");
    }

    @Test
    void onlyMigrationsOfTheOwnMayInjectItsDatabase(TestMongo mongo) {
        start(Kennel.application(Both.class, InjectingHere.class), mongo, BOTH).close();
        assertThat(history(mongo.databaseName(), mongo)).contains("5-injects APPLIED");

        assertThatThrownBy(() -> start(Kennel.application(Both.class, InjectingThere.class), mongo, BOTH))
                .hasStackTraceContaining(InvalidMigrationsException.class.getName())
                .hasStackTraceContaining("reaches the application's own database through injecting -> mongoTemplate");
        assertThat(Kennel.STEPS).as("it is found before anything runs").isEmpty();
    }

    @Test
    void anUnknownEnvironmentAndOneDatabaseTwiceAreRefused(TestMongo mongo) {
        assertThatThrownBy(() -> start(
                        Kennel.application(Both.class), mongo, "--monarch.migrations.environments=default,achive"))
                .hasStackTraceContaining(UnknownEnvironmentException.class.getName());
        assertThatThrownBy(() -> Kennel.start(
                        Kennel.application(Both.class),
                        mongo,
                        "--monarch.environment=own",
                        "--monarch.environments.same.uri=" + mongo.uri(),
                        "--monarch.migrations.environments=own,same"))
                .hasStackTraceContaining(InvalidEnvironmentException.class.getName())
                .hasStackTraceContaining("it is the same database as 'own'");
        assertThat(Kennel.STEPS).isEmpty();
    }

    @Test
    void validationLooksAtAll(TestMongo mongo) {
        start(Kennel.application(Both.class), mongo, "--monarch.migrations.environments=default")
                .close();

        assertThatThrownBy(() ->
                        start(Kennel.application(Both.class), mongo, BOTH, "--monarch.migrations.run-at=validate"))
                .hasStackTraceContaining(PendingMigrationsException.class.getName())
                .hasStackTraceContaining("Environment 'archive' has pending migrations (1-old, 3-all)");
    }

    @Test
    void eachHasItsOwnLock(TestMongo mongo, CapturedOutput output) {
        CompletableFuture<ConfigurableApplicationContext> start;
        SpringApplicationBuilder application = Kennel.application(Both.class);
        try (HeldLock held =
                new EnvironmentLock(archiveOf(mongo), LockSettings.DEFAULT).acquire("a test", null, event -> {})) {
            start = CompletableFuture.supplyAsync(() -> start(
                    application,
                    mongo,
                    BOTH,
                    "--monarch.migrations.run-at=ready",
                    "--monarch.migrations.when-locked=skip"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(output)
                            .containsPattern("Environment 'archive': [^ ]+ holds the lock for a test"));
            assertThat(Kennel.STEPS).containsExactly("2-dogs on default", "3-all on default");
            held.ensureHeld();
        }
        Kennel.application(Both.class)
                .run("--spring.mongodb.uri=" + mongo.uri(archive(mongo)), "--monarch.environment=archive")
                .close();
        start.orTimeout(60, TimeUnit.SECONDS).join().close();
    }

    @Test
    void anInterruptedSwapOfEachIsEnded(TestMongo mongo) {
        JournalEntries.insert(
                mongo.client().getDatabase(archive(mongo)),
                new Document("_id", "1a2b3c4d")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date())
                        .append("done", 0)
                        .append("steps", List.of()));

        start(Kennel.application(Both.class), mongo, BOTH).close();

        assertThat(mongo.client()
                        .getDatabase(archive(mongo))
                        .getCollection("monarch.journal")
                        .countDocuments())
                .isZero();
    }

    @Test
    void aShutdownInterruptsTheOneThatIsRunning(TestMongo mongo) {
        try (TestProcess process = ApplicationProcess.start(
                Walk.class,
                "--spring.mongodb.uri=" + mongo.uri(),
                "--spring.main.web-application-type=none",
                archiveUri(mongo),
                BOTH)) {
            process.awaitLine(line -> line.contains("walking"), PATIENCE);

            process.terminate();

            process.awaitExit(PATIENCE);
            assertThat(process.lines())
                    .anySatisfy(line -> assertThat(line).contains("interrupts the migrations of 'archive'"))
                    .anySatisfy(line -> assertThat(line).contains("The interrupted operations have ended"));
        }
        assertThat(history(archive(mongo), mongo)).containsExactly("1-walk FAILED");
        assertThat(new EnvironmentLock(archiveOf(mongo), LockSettings.DEFAULT).holder())
                .isEmpty();
    }

    private static MongoMigration step(String id) {
        return context -> Kennel.STEPS.add(id + " on " + context.environment().name());
    }

    @Configuration(proxyBeanMethods = false)
    static class Both {

        @Bean
        @Migration(id = "2-dogs", environments = "default")
        MongoMigration dogs() {
            return step("2-dogs");
        }

        @Bean
        @Migration(id = "1-old", environments = "archive")
        MongoMigration old() {
            return step("1-old");
        }

        @Bean
        @Migration("3-all")
        MongoMigration all() {
            return step("3-all");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Later {

        @Bean
        @Migration("4-later")
        MongoMigration later() {
            return step("4-later");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        @Migration(id = "0-fails", environments = "archive")
        MongoMigration fails() {
            return context -> {
                throw new IllegalStateException("no old dogs");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InjectingHere {

        @Bean
        @Migration(id = "5-injects", environments = "default")
        MongoMigration injecting(MongoOperations template) {
            return context -> template.insert(new Document("name", "Rex"), "dogs");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InjectingThere {

        @Bean
        @Migration(id = "6-injects", environments = "archive")
        MongoMigration injecting(MongoOperations template) {
            return context -> template.insert(new Document("name", "Rex"), "dogs");
        }
    }

    /** An application that walks in its archive until it is interrupted. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Walk {

        public static void main(String[] arguments) {
            SpringApplication.run(Walk.class, arguments);
        }

        @Bean
        @Migration(id = "1-walk", environments = "archive")
        MongoMigration walk() {
            return context -> {
                for (int step = 0; ; step++) {
                    context.database().getCollection("steps").insertOne(new Document("_id", step));
                    if (step == 10) {
                        System.out.println("walking");
                    }
                }
            };
        }
    }
}
