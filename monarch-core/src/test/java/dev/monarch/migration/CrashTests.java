package dev.monarch.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.LockLostException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.TestUser;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Processes that are killed, paused for longer than their lease, or lose their lock. */
@Execution(ExecutionMode.CONCURRENT)
@MongoTest
class CrashTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theNextRunStartsAfterTheUpdateOfAKilledRunHasEndedOnTheServer(TestMongo mongo) {
        assertThatTheUpdateEndsFirst(mongo, mongo.uri());
    }

    /** A user needs no privilege to end their own sessions. */
    @Test
    @MongoTest(own = true, accessControl = true)
    void aUserWithReadWriteEndsTheUpdateOfAKilledRun(TestMongo mongo) {
        assertThatTheUpdateEndsFirst(
                mongo, TestUser.create(mongo, "keeper", "readWrite").uri());
    }

    private void assertThatTheUpdateEndsFirst(TestMongo mongo, String uri) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(IntStream.range(0, 3_000)
                        .mapToObj(i -> new Document("_id", i))
                        .toList());
        try (TestProcess process = process(uri, mongo.databaseName(), "slow-update")) {
            await().atMost(PATIENCE).until(() -> updated(mongo) > 0);
            process.kill();
        }
        assertThat(updatesAtWork(mongo))
                .as("updates that outlived their client")
                .isEqualTo(1);

        AtomicLong updatedAtStart = new AtomicLong();
        try (MongoClient client = MongoClients.create(uri)) {
            TestMigrations next = TestMigrations.on(
                            MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()))
                    .with("1", context -> {
                        assertThat(updatesAtWork(mongo))
                                .as("updates at work when the next run starts")
                                .isZero();
                        updatedAtStart.set(updated(mongo));
                    });
            next.migrate();

            assertThat(updatedAtStart).hasPositiveValue();
            assertThat(updatedAtStart.get()).isLessThan(3_000);
            assertThat(updated(mongo)).isEqualTo(updatedAtStart.get());
            assertThat(next.events())
                    .filteredOn(MigrationEvent.LockProgress.class::isInstance)
                    .extracting(event -> ((MigrationEvent.LockProgress) event).event())
                    .hasAtLeastOneElementOfType(LockEvent.TakenOver.class)
                    .hasAtLeastOneElementOfType(LockEvent.AbandonedOperations.class);
            assertThat(next.entry("1").attempts()).isEqualTo(2);
        }
    }

    @Test
    void theNextRunRetriesTheMigrationOfAKilledRun(TestMongo mongo) {
        try (TestProcess process = process(mongo, "cooperative")) {
            process.awaitLine("STARTED"::equals, PATIENCE);
            process.kill();
        }
        TestMigrations next = TestMigrations.on(mongo).withRecording("1", "2");
        assertThat(next.entry("1").state()).isEqualTo(MigrationState.RUNNING);

        next.migrate();

        assertThat(next.ran()).containsExactly("1", "2");
        assertThat(next.history())
                .extracting(HistoryEntry::state, HistoryEntry::attempts)
                .containsExactly(tuple(MigrationState.APPLIED, 2), tuple(MigrationState.APPLIED, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperative", "stubborn"})
    void aRunWithoutItsLockWritesNothingToTheHistory(String kind, TestMongo mongo) throws IOException {
        assertZombieIsFenced(kind, mongo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cooperative", "stubborn"})
    @MongoTest(topology = Topology.STANDALONE)
    void aRunWithoutItsLockIsFencedWithoutTransactions(String kind, TestMongo mongo) throws IOException {
        assertZombieIsFenced(kind, mongo);
    }

    private void assertZombieIsFenced(String kind, TestMongo mongo) throws IOException {
        try (TestProcess zombie = process(mongo, kind)) {
            zombie.awaitLine("STARTED"::equals, PATIENCE);
            zombie.pause();
            TestMigrations next = TestMigrations.on(mongo).withRecording("1", "2");
            next.migrate();
            List<BsonDocument> history = next.historyDocuments();

            Files.createFile(folder.resolve("go"));
            zombie.resume();

            assertThat(zombie.awaitLine(line -> line.startsWith("LOST"), PATIENCE))
                    .contains("Lost the lock");
            assertThat(zombie.awaitExit(PATIENCE)).isEqualTo(3);
            assertThat(zombie.lines()).doesNotContain("APPLIED");
            assertThat(next.historyDocuments()).isEqualTo(history);
            assertThat(next.ran()).containsExactly("1", "2");
        }
    }

    @Test
    void deletingTheLockDocumentStopsTheRun(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            mongo.database().getCollection("monarch.lock").deleteMany(new Document());
            await().atMost(PATIENCE).until(() -> {
                context.ensureLock();
                return false;
            });
        });

        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("the lock document is gone");

        assertThat(Thread.interrupted()).isFalse();
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.RUNNING);
        assertThat(TestMigrations.on(mongo).withRecording("1").migrate().applied())
                .extracting(AppliedMigration::attempt)
                .containsExactly(2);
    }

    @Test
    void aChangedLockDocumentStopsTheRunWhichNamesTheNewHolder(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            mongo.database()
                    .getCollection("monarch.lock")
                    .updateOne(
                            Filters.eq(
                                    "token",
                                    TestMigrations.on(mongo)
                                            .lockDocument()
                                            .getString("token")
                                            .getValue()),
                            new Document("$set", new Document("token", "another").append("host", "thief:1")));
            // Work that only an interrupt ends.
            assertThat(new CountDownLatch(1).await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        });

        assertThatExceptionOfType(LockLostException.class)
                .isThrownBy(migrations::migrate)
                .withMessageContaining("thief:1")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).isInstanceOf(InterruptedException.class));
        assertThat(Thread.interrupted())
                .as("the thread is no longer interrupted")
                .isFalse();
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.RUNNING);
    }

    private TestProcess process(TestMongo mongo, String scenario) {
        return process(mongo.uri(), mongo.databaseName(), scenario);
    }

    private TestProcess process(String uri, String database, String scenario) {
        return TestProcess.java(
                MigrationProcess.class,
                uri,
                database,
                scenario,
                folder.resolve("go").toString());
    }

    private static long updated(TestMongo mongo) {
        return mongo.database().getCollection("dogs").countDocuments(Filters.exists("sum"));
    }

    private static int updatesAtWork(TestMongo mongo) {
        String namespace = mongo.databaseName() + ".dogs";
        return mongo.client()
                .getDatabase("admin")
                .aggregate(List.of(
                        new Document("$currentOp", new Document("allUsers", true)),
                        new Document("$match", new Document("ns", namespace).append("op", "update"))))
                .into(new ArrayList<>())
                .size();
    }
}
