package dev.monarch.spring.boot.actuate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;

import dev.monarch.MigrationFailedException;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.actuate.KennelMigrations.Gate;
import dev.monarch.spring.boot.actuate.WebApplication.Answer;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** The health of a running application, over HTTP. */
@MongoTest
class MonarchHealthTests {

    private static final String HEALTH = "/actuator/health/monarch";

    @TempDir
    private Path folder;

    private static WebApplication kennel(TestMongo mongo, String... properties) {
        return kennel(mongo, KennelMigrations.class, properties);
    }

    private static WebApplication kennel(TestMongo mongo, Class<?> configuration, String... properties) {
        return WebApplication.start(
                mongo,
                configuration,
                Stream.concat(
                                Stream.of(
                                        "--monarch.environment=kennel",
                                        "--management.endpoint.health.show-details=always"),
                                Arrays.stream(properties))
                        .toArray(String[]::new));
    }

    private static void migrateUntilOneFails(WebApplication kennel) {
        Migrator migrator = kennel.bean(Migrator.class);
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate);
    }

    private static List<String> problems(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.json().at("/status").stringValue()).isEqualTo("DOWN");
        return answer.json()
                .at("/details/problems")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    private static void setState(TestMongo mongo, String migration, String state) {
        mongo.database()
                .getCollection("monarch.history")
                .updateOne(new Document("_id.id", migration), new Document("$set", new Document("state", state)));
    }

    @Test
    void itIsUpAsThePageShows(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));

            Answer answer = kennel.get(HEALTH);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(ActuatorPage.example("GET " + HEALTH));
            assertThat(kennel.get("/actuator/health")
                            .json()
                            .at("/components/monarch/status")
                            .stringValue())
                    .isEqualTo("UP");
        }
    }

    @Test
    void itIsDownWhenAMigrationFailed(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            migrateUntilOneFails(kennel);

            assertThat(problems(kennel.get(HEALTH)))
                    .containsExactly("Migration '202611201010-unique-email' failed: java.lang.IllegalStateException:"
                            + " 2 accounts of mongodb://***@db.example.com have the same address");
            assertThat(kennel.get("/actuator/health").status()).isEqualTo(503);
        }
    }

    @Test
    void itIsDownWhenAMigrationWasInterruptedButNotWhileItRuns(TestMongo mongo) throws Exception {
        try (WebApplication kennel = kennel(mongo)) {
            Thread run =
                    new Thread(() -> kennel.bean(Migrator.class).migrate(MigrationTarget.one(KennelMigrations.WAITS)));
            run.start();
            kennel.bean(Gate.class).awaitMigration();
            assertThat(kennel.get(HEALTH).status()).as("it runs").isEqualTo(200);
            kennel.bean(Gate.class).open();
            run.join();

            setState(mongo, KennelMigrations.WAITS, "RUNNING");
            assertThat(problems(kennel.get(HEALTH)))
                    .as("no one holds the lock")
                    .containsExactly("Migration '202611201030-weight-in-kg' was interrupted: its process died.");
            setState(mongo, KennelMigrations.WAITS, "INTERRUPTED");
            assertThat(problems(kennel.get(HEALTH)))
                    .as("the history came from elsewhere")
                    .containsExactly("Migration '202611201030-weight-in-kg' was interrupted: its process died.");
        }
    }

    @Test
    void itIsDownWhenASwapWasInterrupted(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            mongo.database().getCollection("dogs").insertOne(new Document("_id", "old"));
            JournalEntries.insertInterruptedSwap(mongo.database());

            assertThat(problems(kennel.get(HEALTH)))
                    .singleElement()
                    .asString()
                    .startsWith("A replacement (restore into) that web-1:4711 started at ")
                    .endsWith(" was interrupted: 0 of 1 collections are replaced.");
            assertThat(kennel.get("/actuator/monarch")
                            .json()
                            .at("/swap/interrupted")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void theAgeOfTheNewestBackupIsCheckedOnlyIfConfigured(TestMongo mongo) {
        String store = "--monarch.backups.local.directory=" + folder;
        try (WebApplication kennel = kennel(mongo, store)) {
            assertThat(kennel.get(HEALTH).status()).isEqualTo(200);
        }
        try (WebApplication kennel = kennel(mongo, store, "--monarch.health.backup-max-age=36h")) {
            assertThat(problems(kennel.get(HEALTH))).containsExactly("There is no whole backup of 'kennel'.");
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));
            kennel.bean(BackupService.class).backup(BackupRequest.of("kennel"));
        }
        try (WebApplication kennel = kennel(mongo, store, "--monarch.health.backup-max-age=36h")) {
            assertThat(kennel.get(HEALTH).status()).isEqualTo(200);
        }
        try (WebApplication kennel = kennel(mongo, store, "--monarch.health.backup-max-age=1ms")) {
            assertThat(problems(kennel.get(HEALTH)))
                    .singleElement()
                    .asString()
                    .startsWith("The newest whole backup of 'kennel' is from ");
        }
    }

    @Test
    void readinessDependsOnItOnlyIfConfigured(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            migrateUntilOneFails(kennel);
            assertThat(kennel.get("/actuator/health/readiness").status()).isEqualTo(200);
        }
        try (WebApplication kennel =
                kennel(mongo, "--management.endpoint.health.group.readiness.include=readinessState,monarch")) {
            assertThat(kennel.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(kennel.get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }

    @Test
    void itUsesTheClientOfTheApplication(TestMongo mongo) {
        String unreachable =
                "--monarch.environments.production.uri=mongodb://127.0.0.1:1/kennel?serverSelectionTimeoutMS=60000";
        try (WebApplication kennel = kennel(mongo, Watched.class, unreachable)) {
            assertThat(kennel.get(HEALTH).status()).isEqualTo(200);
            assertThat(kennel.get("/actuator/info").status()).isEqualTo(200);
            Set<?> clients = kennel.bean(WatchedClients.class).seen();
            assertThat(clients).hasSize(1);

            kennel.bean(Migrator.class).lockHolder();
            assertThat(clients).as("Monarch's own client would be seen").hasSize(2);
        }
    }

    @Test
    void otherEnvironmentsThatTheApplicationMigratesAreShown(TestMongo mongo) {
        String archive = mongo.databaseName() + "a";
        String[] several = {
            "--monarch.environments.archive.uri=" + mongo.uri(archive),
            "--monarch.migrations.environments=kennel,archive"
        };
        try (WebApplication kennel = kennel(mongo, several)) {
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));

            assertThat(kennel.get(HEALTH).json().at("/details/environments"))
                    .hasToString("{\"archive\":{\"applied\":0,\"pending\":3}}");
            JsonNode info = kennel.get("/actuator/info").json().at("/monarch/environments/archive");
            assertThat(info.at("/pending").intValue()).isEqualTo(3);
            JsonNode summary = kennel.get("/actuator/monarch").json().at("/environments/1");
            assertThat(summary.at("/name").stringValue()).isEqualTo("archive");
            assertThat(summary.at("/migrated").booleanValue()).isTrue();
            assertThat(summary.at("/migrations/pending").intValue()).isEqualTo(3);

            MonarchEnvironment other = kennel.bean(EnvironmentRegistry.class).get("archive");
            assertThatExceptionOfType(MigrationFailedException.class)
                    .isThrownBy(() -> kennel.bean(Migrator.class).on(other).migrate());
            assertThat(problems(kennel.get(HEALTH)))
                    .singleElement()
                    .asString()
                    .startsWith("Environment 'archive': Migration '202611201010-unique-email' failed: ");
        }
    }

    @Test
    void anUnreachableDatabaseIsDownAndItsPasswordIsNotShown() {
        try (WebApplication kennel = WebApplication.start(
                KennelMigrations.class,
                List.of(
                        "--spring.mongodb.uri=mongodb://keeper:hunter2@127.0.0.1:1/kennel?serverSelectionTimeoutMS=100",
                        "--management.endpoint.health.show-details=always"))) {
            Answer answer = kennel.get(HEALTH);

            assertThat(problems(answer)).singleElement().asString().contains("127.0.0.1:1");
            assertThat(answer.text()).doesNotContain("hunter2");
        }
    }

    @Test
    @Timeout(value = 25, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anUnreachableEnvironmentDelaysNoProbeLikeTheDriver(TestMongo mongo) {
        try (WebApplication kennel = kennel(
                mongo,
                "--monarch.environments.archive.uri=mongodb://127.0.0.1:1/kennel?serverSelectionTimeoutMS=600000",
                "--monarch.migrations.environments=kennel,archive")) {
            for (int probe = 0; probe < 20; probe++) {
                assertThat(problems(kennel.get(HEALTH)))
                        .singleElement()
                        .asString()
                        .startsWith("Environment 'archive': Could not reach 'archive': ")
                        .contains("127.0.0.1:1");
            }
            assertThat(kennel.get("/actuator/info").text()).contains("Could not reach 'archive'");
            assertThat(kennel.get("/actuator/monarch").text()).contains("Could not reach 'archive'");
            assertThat(kennel.get("/actuator/monarch/lock/archive").status()).isEqualTo(503);
        }
    }

    @Test
    void anEnvironmentIsUpAgainWhenItsServerAnswers(TestMongo mongo) {
        String archive = mongo.databaseName() + "a";
        try (FaultyLine line = FaultyLine.to(mongo);
                WebApplication kennel = kennel(
                        mongo,
                        "--monarch.environments.archive.uri=" + line.uri(),
                        "--monarch.environments.archive.database=" + archive,
                        "--monarch.migrations.environments=kennel,archive")) {
            line.fail("ping", 2, new Fault.LostAnswer());

            assertThat(problems(kennel.get(HEALTH)))
                    .singleElement()
                    .asString()
                    .startsWith("Environment 'archive': Could not reach 'archive': ");
            await().until(() -> kennel.get(HEALTH).status() == 200);
        }
    }

    @Test
    void aDatabaseThatCannotBeDeterminedIsUnknown(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, TenantDatabases.class)) {
            Answer answer = kennel.get(HEALTH);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/status").stringValue()).isEqualTo("UNKNOWN");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import({KennelMigrations.class, WatchedClients.class})
    static class Watched {}
}
