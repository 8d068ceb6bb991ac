package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static AheadOfTimeKennel kennel;

    @BeforeAll
    static void build() throws IOException {
        kennel = AheadOfTimeKennel.build(
                built,
                "--spring.mongodb.uri=mongodb://127.0.0.1:1/kennel",
                "--monarch.enabled=false",
                "--monarch.migrations.run-at=never");
    }

    @Test
    void migrationsAndHooksUseThePropertiesAtRunTime(TestMongo mongo) {
        try (Kennel never = start(mongo, "--monarch.migrations.run-at=never")) {
            never.awaitPort();
            assertThat(never.terminate()).isEqualTo(143);
            assertThat(never.applied()).isEmpty();
        }
        assertThat(mongo.database().listCollectionNames()).isEmpty();

        try (Kennel ready = start(
                mongo,
                "--monarch.migrations.run-at=ready",
                "--monarch.migrations.history-collection=bound",
                "--monarch.backups.schedules[0].cron=0 0 2 * * *",
                "--monarch.backups.local.directory=" + folder)) {
            ready.awaitLine("Migration 'occupancy' applied");
            assertThat(ready.applied()).isEqualTo(Kennel.MIGRATIONS);
            assertThat(ready.lines()).contains(HookedKennel.HOOK + Kennel.MIGRATIONS.get(0));
        }
        assertThat(mongo.database().getCollection("bound").countDocuments()).isEqualTo(Kennel.MIGRATIONS.size());
    }

    @Test
    void commandsUseThePropertiesAtRunTime(TestMongo mongo) {
        Shell shell = new Shell(folder, kennel::command)
                .set("SPRING_MONGODB_URI", mongo.uri())
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString());

        Shell.Result taken = shell.monarch("backup", "--allow-empty", "--name", "first");
        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(shell.monarch("list-backups").out()).contains("first__");
        Document querySets = Document.parse(
                shell.monarch("list-query-sets", "--output", "json").out());
        assertThat(querySets.getList("querySets", Document.class)).hasSize(1);

        Shell.Result disabled = shell.set("MONARCH_ENABLED", "false").monarch("status");
        assertThat(disabled.exit()).isEqualTo(1);
        assertThat(disabled.err()).contains("monarch.enabled is false");
    }

    private static Kennel start(TestMongo mongo, String... arguments) {
        return Kennel.start(
                kennel.command(),
                Stream.concat(Stream.of("--server.port=0", "--spring.mongodb.uri=" + mongo.uri()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
