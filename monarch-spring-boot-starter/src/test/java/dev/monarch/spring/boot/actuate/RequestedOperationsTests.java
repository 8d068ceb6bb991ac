package dev.monarch.spring.boot.actuate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

import dev.monarch.backup.BackupService;
import dev.monarch.environment.Approval;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.spring.boot.actuate.KennelMigrations.Gate;
import dev.monarch.spring.boot.actuate.WebApplication.Answer;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Operations that are started over HTTP. */
@MongoTest
class RequestedOperationsTests {

    private static final String ACCESS = "--management.endpoint.monarch.access=unrestricted";

    private static final String ALLOWED = "--monarch.actuator.operations=migrate,backup,verify";

    private static final String MONARCH = "/actuator/monarch";

    @TempDir
    private Path folder;

    private WebApplication kennel(TestMongo mongo, String... properties) {
        return kennel(mongo, Ready.class, properties);
    }

    private WebApplication kennel(TestMongo mongo, Class<?> configuration, String... properties) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        return WebApplication.start(
                mongo,
                configuration,
                Stream.concat(
                                Stream.of(
                                        "--monarch.environment=kennel", "--monarch.backups.local.directory=" + folder),
                                Arrays.stream(properties))
                        .toArray(String[]::new));
    }

    /** Waits until an operation has ended, and returns it. */
    private static JsonNode awaitEnd(WebApplication kennel, String kind) {
        return await().until(() -> ended(kennel, kind), node -> !node.isMissingNode());
    }

    private static JsonNode ended(WebApplication kennel, String kind) {
        JsonNode operations = kennel.get(MONARCH + "/operations").json();
        return operations
                .at("/ended")
                .valueStream()
                .filter(operation -> operation.at("/kind").stringValue().equals(kind))
                .findFirst()
                .orElseGet(() -> operations.at("/nothing"));
    }

    @Test
    void aBackupIsTakenAndVerifiedAsThePageShows(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, ACCESS, ALLOWED)) {
            Answer started = kennel.post(MONARCH + "/backup", "{\"environment\": \"kennel\"}");

            assertThat(started.status()).as(started.text()).isEqualTo(202);
            assertThat(started.json()).isEqualTo(ActuatorPage.example("POST " + MONARCH + "/backup"));
            String name = awaitEnd(kennel, "backup").at("/result").stringValue();
            assertThat(kennel.bean(BackupService.class).find(name).documents()).isOne();

            Answer verifying = kennel.post(MONARCH + "/verify", "{\"backup\": \"" + name + "\"}");
            assertThat(verifying.status()).as(verifying.text()).isEqualTo(202);
            assertThat(awaitEnd(kennel, "verification").at("/result").stringValue())
                    .isEqualTo("good");
        }
    }

    @Test
    void migrationsRunAndTheSameRequestIsRefusedMeanwhile(TestMongo mongo) throws Exception {
        try (WebApplication kennel = kennel(mongo, KennelMigrations.class, ACCESS, ALLOWED)) {
            kennel.bean(Migrator.class)
                    .amend(Amendment.ignore(KennelMigrations.FAILS, "it fails"), Approval.confirmed());
            assertThat(kennel.post(MONARCH + "/migrate", "{}").status()).isEqualTo(202);
            kennel.bean(Gate.class).awaitMigration();

            Answer again = kennel.post(MONARCH + "/migrate", "{}");
            assertThat(again.status()).isEqualTo(409);
            assertThat(kennel.get(MONARCH + "/operations")
                            .json()
                            .at("/running")
                            .valueStream()
                            .map(operation -> operation.at("/kind").stringValue()))
                    .containsExactly("run", "migration");
            kennel.bean(Gate.class).open();

            assertThat(awaitEnd(kennel, "run").at("/result").stringValue()).isEqualTo("2 applied");
            assertThat(kennel.bean(Migrator.class).plan().isUpToDate()).isTrue();
        }
    }

    @Test
    void theReasonOfAFailedRunIsShown(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, KennelMigrations.class, ACCESS, ALLOWED)) {
            assertThat(kennel.post(MONARCH + "/migrate", "{}").status()).isEqualTo(202);

            assertThat(awaitEnd(kennel, "run").at("/error").stringValue())
                    .contains(KennelMigrations.FAILS, "have the same address")
                    .doesNotContain("hunter2");
        }
    }

    /** Stopping the application does not wait for a migration that waits. */
    @Test
    void runningOperationsAreInterruptedWhenTheApplicationStops(TestMongo mongo) throws Exception {
        try (WebApplication kennel = kennel(mongo, KennelMigrations.class, ACCESS, ALLOWED)) {
            Migrator migrator = kennel.bean(Migrator.class);
            migrator.migrate(MigrationTarget.upTo(KennelMigrations.WORKS));
            migrator.amend(Amendment.ignore(KennelMigrations.FAILS, "it fails"), Approval.confirmed());
            kennel.post(MONARCH + "/migrate", "{}");
            kennel.bean(Gate.class).awaitMigration();
        }
        assertThat(mongo.database()
                        .getCollection("monarch.history")
                        .find(new Document("_id.id", KennelMigrations.WAITS))
                        .first())
                .containsEntry("state", "FAILED");
    }

    @Test
    void thePaceOfARunningOperationIsShownAndChangedAsThePageShows(TestMongo mongo) {
        try (WebApplication kennel =
                kennel(mongo, ACCESS, "--monarch.actuator.operations=backup,pace", "--monarch.transfer.max-rate=1B")) {
            assertThat(kennel.post(MONARCH + "/backup", "{}").status()).isEqualTo(202);
            JsonNode running = await().until(
                            () -> kennel.get(MONARCH + "/operations").json().at("/running/0"),
                            node -> node.has("pace"));
            assertThat(running.at("/pace").stringValue()).isEqualTo("gentle, at most 1B per second");
            String path = MONARCH + "/operations/" + running.at("/id").stringValue();

            assertThat(kennel.post(path, "{\"pace\": \"slow\"}").status()).isEqualTo(400);
            assertThat(kennel.post(path, "{}").status()).isEqualTo(400);
            for (String unknown : List.of("/operations/" + UUID.randomUUID(), "/operations/1", "/backups/local")) {
                assertThat(kennel.post(MONARCH + unknown, "{\"pace\": \"full\"}")
                                .status())
                        .as(unknown)
                        .isEqualTo(404);
            }
            assertThat(kennel.post(path, "{\"pace\": \"gentle\"}")
                            .json()
                            .at("/pace")
                            .stringValue())
                    .isEqualTo("gentle, at most 1B per second");
            Answer changed = kennel.post(path, "{\"pace\": \"4096MB\"}");

            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            JsonNode example =
                    ActuatorPage.example("POST " + MONARCH + "/operations/9e5b0c1d-7f3a-4b62-9d0e-2f7c8a1b3c4d");
            assertThat(changed.json().propertyNames()).isEqualTo(example.propertyNames());
            assertThat(changed.json().at("/pace")).isEqualTo(example.at("/pace"));
            assertThat(awaitEnd(kennel, "backup").has("pace")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ALLOWED})
    void byDefaultTheEndpointOnlyReads(String property, TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, property)) {
            assertThat(kennel.post(MONARCH + "/backup", "{}").status()).isEqualTo(405);
            assertThat(kennel.get(MONARCH).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',backup", "--monarch.actuator.operations=backup,migrate"})
    void anOperationThatIsNotAllowedIsRefusedByName(String property, String operation, TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, ACCESS, property)) {
            Answer answer = kennel.post(MONARCH + "/" + operation, "{}");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().at("/problem").stringValue()).contains("'" + operation + "'");
            assertThat(answer.json().at("/next").stringValue()).contains("monarch.actuator.operations");
        }
    }

    @Test
    void anUnknownOperationIsNotFound(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, ACCESS, ALLOWED)) {
            for (String operation :
                    List.of("restore", "copy", "copy-db", "drop", "drop-db", "BACKUP", "delete-backup", "pace")) {
                assertThat(kennel.post(MONARCH + "/" + operation, "{}").status())
                        .as(operation)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void anInvalidRequestIsRefusedAtOnce(TestMongo mongo) {
        try (WebApplication kennel = kennel(mongo, ACCESS, ALLOWED)) {
            assertRefused(kennel, "backup", "{\"environment\": \"nowhere\"}", 404, "nowhere");
            assertRefused(kennel, "backup", "{\"store\": \"nowhere\"}", 404, "nowhere");
            assertRefused(kennel, "migrate", "{\"environment\": \"nowhere\"}", 404, "nowhere");
            assertRefused(kennel, "verify", "{\"backup\": \"nothing\"}", 404, "nothing");
            assertRefused(kennel, "verify", "{}", 400, "backup");
            assertRefused(kennel, "operations/1", "{\"pace\": \"full\"}", 403, "'pace'");
            assertThat(kennel.get(MONARCH + "/operations").text()).isEqualTo("{\"running\":[],\"ended\":[]}");
        }
    }

    private static void assertRefused(WebApplication kennel, String operation, String json, int status, String word) {
        Answer answer = kennel.post(MONARCH + "/" + operation, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().at("/problem").stringValue()).contains(word);
    }

    /** An application whose migrations do not matter. */
    @Configuration(proxyBeanMethods = false)
    static class Ready {}
}
