package dev.monarch.spring.boot.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import dev.monarch.MigrationFailedException;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.actuate.KennelMigrations.Gate;
import dev.monarch.spring.boot.actuate.WebApplication.Answer;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The endpoint of a running application, over HTTP. */
@MongoTest
class MonarchEndpointTests {

    private static final String STAGING = "--monarch.environments.staging.uri="
            + "mongodb://keeper:hunter2@staging.example.com/kennel?serverSelectionTimeoutMS=100";

    private static final String NIGHTLY = "nightly: 0 30 2 * * * UTC";

    @TempDir
    private Path folder;

    private WebApplication kennel(TestMongo mongo, String... more) {
        String[] properties = {
            "--monarch.environment=kennel",
            STAGING,
            "--monarch.backups.local.directory=" + folder,
            "--monarch.backups.schedules[0].cron=0 30 2 * * *",
            "--monarch.backups.schedules[0].name=nightly"
        };
        String[] all =
                Stream.concat(Arrays.stream(properties), Arrays.stream(more)).toArray(String[]::new);
        return WebApplication.start(mongo, KennelMigrations.class, all);
    }

    /** The entry of a schedule in docs/format.md. */
    private static void ranLastNight(TestMongo mongo) {
        Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofMinutes(150));
        Instant due = today.isAfter(Instant.now()) ? today.minus(Duration.ofDays(1)) : today;
        mongo.database()
                .getCollection("monarch.schedules")
                .insertOne(new Document("_id", NIGHTLY)
                        .append("slot", Date.from(due))
                        .append("state", "ENDED")
                        .append("run", "5b0c1d9e-7f3a-4b62-9d0e-2f7c8a1b3c4d")
                        .append("attempts", 1)
                        .append("host", "web-1:4711")
                        .append("since", Date.from(due.plusMillis(12)))
                        .append("outcome", "taken: nightly__2026_11_20T023000Z"));
    }

    @Test
    void itRespondsAsThePageShows(TestMongo mongo) throws Exception {
        ranLastNight(mongo);
        try (WebApplication kennel = kennel(mongo)) {
            Migrator migrator = kennel.bean(Migrator.class);
            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate);
            String backup = kennel.bean(BackupService.class)
                    .backup(BackupRequest.of("kennel"))
                    .name();
            kennel.bean(BackupService.class).verify(backup);
            Thread run = new Thread(() -> migrator.migrate(MigrationTarget.one(KennelMigrations.WAITS)));
            run.start();
            kennel.bean(Gate.class).awaitMigration();

            Map<String, JsonNode> answers = new TreeMap<>();
            Map<String, JsonNode> examples = new TreeMap<>();
            ActuatorPage.examples().forEach((request, example) -> {
                if (request.startsWith("GET /actuator/monarch") && !request.endsWith("/backfills")) {
                    Answer answer = kennel.get(request.substring("GET ".length()));
                    assertThat(answer.text()).doesNotContain("hunter2").doesNotContainPattern("\\.\\d{4,}Z");
                    answers.put(request, ActuatorPage.comparable(answer.json()));
                    examples.put(request, ActuatorPage.comparable(example));
                }
            });

            assertThat(answers).containsExactlyInAnyOrderEntriesOf(examples);
            assertThat(examples.keySet())
                    .containsExactly(
                            "GET /actuator/monarch",
                            "GET /actuator/monarch/backups",
                            "GET /actuator/monarch/lock",
                            "GET /actuator/monarch/migrations",
                            "GET /actuator/monarch/operations",
                            "GET /actuator/monarch/schedules");
            kennel.bean(Gate.class).open();
            run.join();
        }
    }

    @Test
    void partsCanBeNamed(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, "--monarch.environments.archive.uri=" + mongo.uri())) {
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));

            JsonNode migrations =
                    kennel.get("/actuator/monarch/migrations/archive").json();
            assertThat(migrations.at("/environment").stringValue()).isEqualTo("archive");
            assertThat(migrations.at("/migrations/0/state").stringValue()).isEqualTo("APPLIED");
            assertThat(kennel.get("/actuator/monarch/lock/archive").text()).isEqualTo("{\"environment\":\"archive\"}");
            assertThat(kennel.get("/actuator/monarch/backups/local").text())
                    .isEqualTo("{\"store\":\"local\",\"backups\":[]}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/restore", "/schedules/nightly", "/operations/kennel", "/migrations/nowhere", "/backups/s3"})
    void unknownNamesAreNotFound(String path, TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            Answer answer = kennel.get("/actuator/monarch" + path);

            assertThat(answer.status()).isEqualTo(404);
            if (path.endsWith("nowhere")) {
                assertThat(answer.json().at("/problem").stringValue()).contains("nowhere", "kennel", "staging");
            }
        }
    }

    @Test
    void anUnreachableEnvironmentIsAProblemWithoutItsPassword(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            for (String part : List.of("migrations", "lock")) {
                Answer answer = kennel.get("/actuator/monarch/" + part + "/staging");

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().at("/problem").stringValue())
                        .contains("staging.example.com")
                        .doesNotContain("hunter2");
            }
        }
    }

    @Test
    void theSummaryShowsThatTheDatabaseIsUnreachable() {
        try (WebApplication kennel = WebApplication.start(
                KennelMigrations.class,
                List.of(
                        "--spring.mongodb.uri=mongodb://keeper:hunter2@127.0.0.1:1/kennel?serverSelectionTimeoutMS=100"))) {
            Answer answer = kennel.get("/actuator/monarch");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/problem").stringValue()).contains("127.0.0.1:1");
            assertThat(answer.json().at("/environments/0/hosts/0").stringValue())
                    .isEqualTo("127.0.0.1:1");
            assertThat(answer.json().has("migrations")).isFalse();
            assertThat(answer.text()).doesNotContain("hunter2");
        }
    }

    @Test
    void theJsonSettingsOfTheApplicationDoNotAffectIt(TestMongo mongo) {
        try (WebApplication kennel = kennel(
                mongo,
                "--spring.jackson.property-naming-strategy=SNAKE_CASE",
                "--spring.jackson.default-property-inclusion=always")) {
            kennel.bean(Migrator.class).migrate(MigrationTarget.upTo(KennelMigrations.WORKS));

            JsonNode migration =
                    kennel.get("/actuator/monarch/migrations").json().at("/migrations/0");
            assertThat(migration.has("tookMillis")).isTrue();
            assertThat(migration.has("error")).isFalse();
            assertThat(Instant.parse(migration.at("/at").stringValue())).isAfter("2026-01-01T00:00:00Z");
        }
    }

    /** The links that a tool for Actuator finds. */
    @Test
    void theLinksOfActuatorLeadToIt(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo)) {
            JsonNode links = kennel.get("/actuator").json().at("/_links");

            assertThat(links.at("/monarch/href").stringValue()).endsWith("/actuator/monarch");
            assertThat(links.at("/monarch-part/href").stringValue()).endsWith("/actuator/monarch/{part}");
            assertThat(links.at("/monarch-part-name/templated").booleanValue()).isTrue();
        }
    }

    @Test
    void itDoesNotExistUnlessExposed(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, "--management.endpoints.web.exposure.include=health")) {
            assertThat(kennel.get("/actuator/monarch").status()).isEqualTo(404);
        }
    }
}
