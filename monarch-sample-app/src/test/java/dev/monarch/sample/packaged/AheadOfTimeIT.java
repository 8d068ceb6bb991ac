package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.AheadOfTimeApplication;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The packaged application after ahead-of-time processing. At build time, everything that a property can turn off was off:
 * so what runs was turned on by the properties at run time.
 */
@MongoTest
class AheadOfTimeIT {

    @TempDir
    private static Path built;

    @TempDir
    private Path folder;

    private static AheadOfTimeApplication kennel;

    @BeforeAll
    static void buildOnce() throws IOException {
        kennel = build(
                built,
                "--spring.mongodb.uri=mongodb://127.0.0.1:1/kennel",
                "--monarch.enabled=false",
                "--monarch.backfills.enabled=false",
                "--monarch.migrations.run-at=never");
    }

    @Test
    void migrationsHooksBackfillsAndVersionsUseThePropertiesAtRunTime(TestMongo mongo) {
        try (Kennel never = start(mongo, "--monarch.migrations.run-at=never", "--monarch.backfills.enabled=false")) {
            never.awaitPort();
            assertThat(never.terminate()).isEqualTo(143);
            assertThat(never.applied()).isEmpty();
        }
        assertThat(mongo.database().listCollectionNames())
                .as("the heartbeat of the instance, which has a document version")
                .allMatch(name -> name.equals("monarch.versions"));

        try (Kennel ready = start(
                mongo,
                "--monarch.migrations.run-at=ready",
                "--monarch.migrations.history-collection=bound",
                "--monarch.backups.schedules[0].cron=0 0 2 * * *",
                "--monarch.backups.store=local",
                "--monarch.backups.local.directory=" + folder)) {
            ready.awaitLine("Migration 'occupancy' applied");
            assertThat(ready.applied()).isEqualTo(Kennel.MIGRATIONS);
            assertThat(ready.lines()).contains(ExtendedKennel.HOOK + Kennel.MIGRATIONS.get(0));
            awaitBackfills(mongo.database());
        }
        assertThat(mongo.database().getCollection("bound").countDocuments(Filters.in("_id.id", Kennel.MIGRATIONS)))
                .isEqualTo(Kennel.MIGRATIONS.size());
    }

    @Test
    void earlyMigrationsOfSeveralEnvironmentsRunBeforeTheBeanThatNeedsThem(TestMongo mongo) {
        String other = mongo.databaseName() + "x";
        try (Kennel early = start(
                mongo,
                "--monarch.migrations.run-at=early",
                "--monarch.environments.archive.uri=" + mongo.uri(other),
                "--monarch.migrations.environments=default,archive")) {
            early.awaitPort();
            assertThat(early.applied())
                    .containsExactlyElementsOf(Stream.concat(Kennel.MIGRATIONS.stream(), Kennel.MIGRATIONS.stream())
                            .toList());
            assertThat(early.lines()).contains(ExtendedKennel.EARLY + 2_000);
            awaitBackfills(mongo.database());
            awaitBackfills(mongo.client().getDatabase(other));
        }
        assertThat(mongo.client().getDatabase(other).getCollection("dogs").countDocuments())
                .isEqualTo(2_000);

        Shell.Result counted = new Shell(folder, kennel::command)
                .set("SPRING_MONGODB_URI", mongo.uri(other))
                .monarch("count-dogs", "Whippet");
        assertThat(counted.exit()).as(counted.err()).isZero();
        assertThat(counted.out().strip())
                .isEqualTo("Whippet: "
                        + mongo.database().getCollection("dogs").countDocuments(new Document("breed", "Whippet")));
    }

    @Test
    void commandsUseThePropertiesAtRunTime(TestMongo mongo) {
        Shell shell = new Shell(folder, kennel::command)
                .set("SPRING_MONGODB_URI", mongo.uri())
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString())
                .set("MONARCH_BACKUPS_STORE", "local")
                .set("CELLAR", folder.resolve("cellar").toString())
                .set("MONARCH_ENVIRONMENTS_STAGING_URI", mongo.uri(mongo.databaseName() + "s"));

        Shell.Result taken = shell.monarch("backup", "staging", "--allow-empty", "--name", "first");
        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.err()).contains(ExtendedKennel.LISTENER + "staging");
        String backup = taken.out().replaceAll("(?s).*(first__\\w+).*", "$1");
        Shell.Result copied = shell.monarch("copy-backup", backup, "--to", ExtendedKennel.STORE);
        assertThat(copied.exit()).as(copied.err()).isZero();
        assertThat(shell.monarch("list-backups", "--store", ExtendedKennel.STORE)
                        .out())
                .contains("first__", "staging");
        assertThat(folder.resolve("cellar")).isNotEmptyDirectory();
        Document querySets = Document.parse(
                shell.monarch("list-query-sets", "--output", "json").out());
        assertThat(querySets.getList("querySets", Document.class)).hasSize(1);

        Shell.Result disabled = shell.set("MONARCH_ENABLED", "false").monarch("status");
        assertThat(disabled.exit()).isEqualTo(1);
        assertThat(disabled.err()).contains("monarch.enabled is false");
    }

    /** Waits until all dogs have what a backfill gives them, and all houses their new version. */
    private static void awaitBackfills(MongoDatabase database) {
        await().atMost(Kennel.PATIENCE).untilAsserted(() -> {
            assertThat(database.getCollection("dogs").countDocuments(Filters.exists("badge")))
                    .isEqualTo(2_000);
            assertThat(database.getCollection("dog_houses")
                            .countDocuments(Filters.and(Filters.eq("_v", 2), Filters.exists("beds"))))
                    .isEqualTo(300);
        });
    }

    private static Kennel start(TestMongo mongo, String... arguments) {
        return Kennel.start(
                kennel.command(),
                Stream.of(
                                Stream.of("--server.port=0", "--spring.mongodb.uri=" + mongo.uri()),
                                BusyKennel.FAST.stream(),
                                Stream.of(arguments))
                        .flatMap(Function.identity())
                        .toArray(String[]::new));
    }

    /** Builds it from the extracted jar. */
    private static AheadOfTimeApplication build(Path folder, String... arguments) throws IOException {
        Path classes = Files.createDirectory(folder.resolve("main"));
        ExtractedKennel.copyClasses(ExtendedKennel.class, classes);
        return AheadOfTimeApplication.build(
                ExtendedKennel.class,
                folder,
                List.of(ExtractedKennel.jar().toString(), classes.toString()),
                List.of(ExtractedKennel.archived(ApplicationArchive.file())),
                arguments);
    }
}
