package dev.monarch.spring.boot.actuate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.Migrator;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Credentials appear in no answer, event, metric or log line, whatever the connection strings look like. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class EndpointSecretsTests {

    private static final String SECRET = "hunter2";

    private static final String BACKFILL = "202612011200-weight-in-kg";

    private static final List<String> ENVIRONMENTS =
            List.of("hosts", "service", "database", "placeholder", "parts", "text");

    private static final String[] PROPERTIES = {
        "--monarch.environment=kennel",
        "--monarch.environments.hosts.uri=mongodb://kee%3Aper:hunter2%40@one.example.com:27018,two.example.com/kennel"
                + "?authSource=admin&replicaSet=rs&serverSelectionTimeoutMS=50",
        "--monarch.environments.service.uri=mongodb+srv://keeper:hunter2@three.example.com/kennel"
                + "?serverSelectionTimeoutMS=50",
        "--monarch.environments.database.uri=mongodb://keeper:hunter2@four.example.com",
        "--monarch.environments.placeholder.uri=mongodb://keeper:hunter2@${NOWHERE}/kennel",
        "--monarch.environments.parts.host=five.example.com",
        "--monarch.environments.parts.database=kennel?hunter2",
        "--monarch.environments.parts.username=keeper",
        "--monarch.environments.parts.password=hunter2",
        "--monarch.environments.text.uri=hunter2",
        "--monarch.actuator.operations=migrate,backup,verify,pace,pause,resume",
        "--management.endpoint.monarch.access=unrestricted",
        "--management.endpoint.health.show-details=always"
    };

    @TempDir
    private Path folder;

    @Test
    void nothingThatIsSeenFromOutsideHasASecret(TestMongo mongo, CapturedOutput output) {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        List<String> properties = new ArrayList<>(List.of(PROPERTIES));
        properties.add("--spring.mongodb.uri=" + mongo.uri());
        properties.add("--monarch.backups.local.directory=" + folder);
        try (WebApplication kennel = WebApplication.start(Secrets.class, properties)) {
            Migrator migrator = kennel.bean(Migrator.class);
            migrator.migrate(MigrationTarget.one(KennelMigrations.WORKS));
            assertThatThrownBy(() -> migrator.migrate(MigrationTarget.one(KennelMigrations.FAILS)))
                    .hasMessageNotContaining(SECRET);

            List<String> seen = new ArrayList<>();
            for (String environment : ENVIRONMENTS) {
                requestAll(kennel, environment, seen);
            }
            await().until(() -> kennel.get("/actuator/monarch/operations")
                    .json()
                    .at("/running")
                    .isEmpty());
            for (String path :
                    List.of("", "/migrations", "/backfills", "/lock", "/backups", "/schedules", "/operations")) {
                seen.add(kennel.get("/actuator/monarch" + path).text());
            }
            for (String path : List.of("health", "info", "prometheus")) {
                seen.add(kennel.get("/actuator/" + path).text());
            }
            seen.addAll(kennel.bean(Secrets.class).events);

            assertThat(seen).hasSizeGreaterThan(50).noneMatch(text -> text.contains(SECRET));
            assertThat(seen)
                    .as("the failures are shown")
                    .anyMatch(text -> text.contains("have the same address"))
                    .anyMatch(text -> text.contains("one.example.com"));
        }
        assertThat(output.getAll().lines()).noneMatch(line -> line.contains(SECRET) && !isOfTheMigration(line));
        assertThat(mongo.database().listCollectionNames())
                .allSatisfy(name -> assertThat(
                                mongo.database().getCollection(name).find().map(Document::toJson))
                        .as(name)
                        .noneMatch(json -> json.contains(SECRET)));
    }

    /** The stack trace of a migration is logged as its exception is. */
    private static boolean isOfTheMigration(String line) {
        return line.contains("have the same address");
    }

    private static void requestAll(WebApplication kennel, String environment, List<String> seen) {
        for (String part : List.of("migrations", "backfills", "lock")) {
            seen.add(kennel.get("/actuator/monarch/" + part + "/" + environment).text());
        }
        String body = "{\"environment\": \"" + environment + "\"}";
        for (String operation : List.of("migrate", "backup")) {
            seen.add(kennel.post("/actuator/monarch/" + operation, body).text());
        }
        for (String action : List.of("pause", "resume")) {
            seen.add(kennel.post(
                            "/actuator/monarch/backfills/" + BACKFILL,
                            "{\"action\": \"" + action + "\", \"environment\": \"" + environment + "\"}")
                    .text());
        }
    }

    /** Collects what events say, and has a backfill that cannot change a document. */
    @Configuration(proxyBeanMethods = false)
    static class Secrets extends KennelMigrations {

        private final List<String> events = new CopyOnWriteArrayList<>();

        @EventListener
        void on(OperationEvent event) {
            events.add(event.toString());
            if (event instanceof OperationEvent.Failed failed) {
                events.add(String.valueOf(failed.error().getMessage()));
            }
        }

        @EventListener
        void on(MigrationEvent.RunFailed event) {
            events.add(String.valueOf(event.error().getMessage()));
        }

        @Bean
        @Backfill(BACKFILL)
        DocumentBackfill weight() {
            return new DocumentBackfill() {
                @Override
                public BackfillSource source() {
                    return BackfillSource.of("dogs");
                }

                @Override
                public Change change(RawBsonDocument dog) {
                    throw new IllegalStateException(
                            "cannot ask mongodb://keeper:hunter2@db.example.com for the weight");
                }
            };
        }
    }
}
