package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.backup.LocalBackupStore;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** SIGTERM at any moment leaves nothing running and no lock held. */
@MongoTest
class ShutdownIT {

    private static final int STOPS = Integer.getInteger("monarch.proof.stops", 1);

    /** A start takes two to five seconds, and migrates in the second half. */
    private static final int LAST_MOMENT_MILLIS = 6_000;

    private static final int LAST_MOMENT_OF_WORK_MILLIS = 2_000;

    /** 2,000 dogs take 40 seconds. */
    private static final String SLOWLY = "--monarch.backfills.max-rate=50";

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void aStopAtAnyMomentLeavesNothingRunning(String runAt, TestMongo mongo) throws InterruptedException {
        for (int stop = 0; stop < STOPS; stop++) {
            mongo.database().drop();
            int millis = ThreadLocalRandom.current().nextInt(LAST_MOMENT_MILLIS);
            stopAfter(millis, runAt, mongo);

            assertThat(mongo.database().getCollection("monarch.history").find(new Document("state", "RUNNING")))
                    .as("stopped after %d ms", millis)
                    .isEmpty();
            assertThat(mongo.database()
                            .getCollection("monarch.lock")
                            .find(new Document("_id", "environment").append("token", new Document("$exists", true))))
                    .as("stopped after %d ms", millis)
                    .isEmpty();
        }
        try (Kennel next = start(runAt, mongo)) {
            // With 'ready' it answers before its migrations are applied, but is not ready for traffic.
            int port = next.awaitPort();
            await().atMost(Kennel.PATIENCE)
                    .untilAsserted(() -> assertThat(Kennel.get(port, "/dogs/dog-2000"))
                            .hasValueSatisfying(
                                    answer -> assertThat(answer.body()).contains("weightInKg")));
        }
    }

    @Test
    void aStopDuringABackupARestoreACopyAndABackfillLeavesNothingRunning(TestMongo mongo, @TempDir Path folder)
            throws InterruptedException, IOException {
        List<String> busy =
                ExtractedKennel.application(BusyKennel.class, Files.createDirectory(folder.resolve("classes")));
        List<String> databases = List.of(mongo.databaseName(), mongo.databaseName() + "r", mongo.databaseName() + "c");
        String[] arguments = {
            "--server.port=0",
            "--spring.mongodb.uri=" + mongo.uri(),
            "--monarch.environments.restored.uri=" + mongo.uri(databases.get(1)),
            "--monarch.environments.copied.uri=" + mongo.uri(databases.get(2)),
            "--monarch.backups.local.directory=" + folder.resolve("backups")
        };
        for (int stop = 0; stop < STOPS; stop++) {
            databases.forEach(name -> mongo.client().getDatabase(name).drop());
            try (Kennel kennel = Kennel.start(busy, with(arguments, "--busy.at-work=true", SLOWLY))) {
                stopAtWork(kennel, mongo);
            }
            databases.forEach(name -> assertNothingIsLeftIn(mongo.client().getDatabase(name)));
            assertThat(new LocalBackupStore(folder.resolve("backups")).list()).isNotEmpty();
            assertThat(filesOfIncompleteBackups(folder.resolve("backups"))).isEmpty();
        }
        assertThat(dogsWithABadge(mongo))
                .as("the backfill was stopped before its end")
                .isBetween(1L, 1_999L);
        try (Kennel next = Kennel.start(busy, with(arguments, BusyKennel.FAST.toArray(String[]::new)))) {
            next.awaitPort();
            await().atMost(Kennel.PATIENCE)
                    .untilAsserted(() -> assertThat(mongo.database()
                                    .getCollection("monarch.backfills")
                                    .find())
                            .singleElement()
                            .satisfies(backfill -> assertThat(backfill)
                                    .containsEntry("state", "DONE")
                                    .containsEntry("done", 2_000L)));
        }
        assertThat(dogsWithABadge(mongo)).isEqualTo(2_000);
    }

    private static void stopAtWork(Kennel kennel, TestMongo mongo) throws InterruptedException {
        kennel.awaitLine(BusyKennel.AT_WORK);
        await().atMost(Kennel.PATIENCE).until(() -> dogsWithABadge(mongo) > 0);
        int millis = ThreadLocalRandom.current().nextInt(LAST_MOMENT_OF_WORK_MILLIS);
        TimeUnit.MILLISECONDS.sleep(millis);
        assertThat(kennel.lines()).noneMatch(line -> line.contains(" has ended: "));

        assertThat(kennel.terminate()).as("stopped after %d ms", millis).isEqualTo(143);
        assertThat(kennel.lines())
                .as("stopped after %d ms", millis)
                .anyMatch(line -> line.contains("The application is stopping. It interrupts "))
                .anyMatch(line -> line.contains("The interrupted operations have ended, and their locks are free"));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static long dogsWithABadge(TestMongo mongo) {
        return mongo.database()
                .getCollection("dogs")
                .countDocuments(new Document("badge", new Document("$exists", true)));
    }

    /** What a swap that was interrupted has staged is needed to complete it. */
    private static void assertNothingIsLeftIn(MongoDatabase database) {
        // The claim keeps the token of its last holder, and is no lock.
        assertThat(database.getCollection("monarch.lock")
                        .find(new Document("token", new Document("$exists", true))
                                .append("_id", new Document("$ne", "claim"))))
                .as(database.getName())
                .isEmpty();
        if (database.getCollection("monarch.journal").countDocuments(new Document("state", "SWAPPING")) == 0) {
            assertThat(database.listCollectionNames())
                    .as(database.getName())
                    .noneMatch(name -> name.startsWith("monarch.stage."));
        }
    }

    private static List<String> filesOfIncompleteBackups(Path store) {
        List<String> files = Arrays.asList(Objects.requireNonNull(store.toFile().list()));
        return files.stream()
                .filter(file -> file.endsWith(".part")
                        || !files.contains(file.replaceFirst("\\.(archive|manifest).*", ".manifest.json")))
                .toList();
    }

    private static void stopAfter(int millis, String runAt, TestMongo mongo) throws InterruptedException {
        try (Kennel kennel = start(runAt, mongo)) {
            kennel.awaitLine("with PID");
            TimeUnit.MILLISECONDS.sleep(millis);
            assertThat(kennel.terminate()).isEqualTo(143);
        }
    }

    private static Kennel start(String runAt, TestMongo mongo) {
        return Kennel.startExtracted(
                "--server.port=0", "--spring.mongodb.uri=" + mongo.uri(), "--monarch.migrations.run-at=" + runAt);
    }
}
