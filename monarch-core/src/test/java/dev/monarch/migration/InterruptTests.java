package dev.monarch.migration;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** After a run was interrupted by its own process, the history has the state and the lock is free. */
@MongoTest
class InterruptTests {

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anInterruptEndsTheOperationOnTheServer(TestMongo mongo) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(IntStream.range(0, 10_000)
                        .mapToObj(i -> new Document("_id", i))
                        .toList());
        TestMigrations migrations = TestMigrations.on(mongo).with("1", MigrationProcess::updateSlowly);
        Migrator migrator = migrations.migrator();
        CompletableFuture<Void> run = CompletableFuture.runAsync(migrator::migrate);
        await().until(() -> mongo.database()
                        .getCollection("dogs")
                        .find(new Document("sum", new Document("$exists", true)))
                        .first()
                != null);

        migrator.interrupt();

        assertThat(run)
                .failsWithin(TestMigrations.QUICK_LOCK.waitAtMost())
                .withThrowableThat()
                .withCauseInstanceOf(MigrationFailedException.class);
        assertStopped(migrations);
    }

    @Test
    void anInterruptWhileAFailureIsRecordedLosesNothing(TestMongo mongo) {
        for (int attempt = 0; attempt < 20; attempt++) {
            mongo.database().drop();
            Thread worker = Thread.currentThread();
            Thread stranger = new Thread(worker::interrupt);
            TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
                stranger.start();
                throw new IllegalStateException("no bones left");
            });

            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

            assertThat(isInterruptedBy(stranger))
                    .as("the thread stays interrupted")
                    .isTrue();
            assertStopped(migrations);
        }
    }

    private static boolean isInterruptedBy(Thread stranger) {
        boolean interrupted = Thread.interrupted();
        try {
            stranger.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        return Thread.interrupted() || interrupted;
    }

    @Test
    void anInterruptWithoutARunDoesNothing(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1");
        Migrator migrator = migrations.migrator();

        migrator.interrupt();
        migrator.migrate();
        migrator.interrupt();

        assertThat(migrations.ran()).isEqualTo(List.of("1"));
    }

    @Test
    void noMigrationStartsAfterAnInterrupt(TestMongo mongo) {
        CompletableFuture<Migrator> migrator = new CompletableFuture<>();
        TestMigrations migrations = TestMigrations.on(mongo)
                .withRecording("1", "2")
                .listening(event -> {
                    if (event instanceof MigrationEvent.Applied) {
                        migrator.join().interrupt();
                    }
                });
        migrator.complete(migrations.migrator());

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> migrator.join().migrate());

        assertThat(migrations.ran()).containsExactly("1");
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.APPLIED);
        assertThat(migrator.join().lockHolder()).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aRunThatWaitsForTheLockEndsAtAnInterrupt(TestMongo mongo) throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        TestMigrations migrations = TestMigrations.on(mongo).withRecording("1").listening(event -> {
            if (event instanceof MigrationEvent.LockProgress) {
                waiting.countDown();
            }
        });
        Migrator migrator = migrations.migrator();
        try (HeldLock held = new EnvironmentLock(migrations.environment(), TestMigrations.QUICK_LOCK)
                .acquire("restore", null, event -> {})) {
            CompletableFuture<Void> run = CompletableFuture.runAsync(migrator::migrate);
            waiting.await();

            migrator.interrupt();

            assertThat(run)
                    .failsWithin(TestMigrations.QUICK_LOCK.waitAtMost())
                    .withThrowableThat()
                    .withCauseInstanceOf(OperationInterruptedException.class);
            assertThat(migrator.isRunning()).isFalse();
            held.ensureHeld();
        }
        assertThat(migrations.ran()).isEmpty();
    }

    @Test
    void anInterruptedManualMigrationIsNotRunAgain(TestMongo mongo) {
        CompletableFuture<Migrator> migrator = new CompletableFuture<>();
        TestMigrations migrations = TestMigrations.on(mongo)
                .with("1", new MigrationPolicy(false, Run.ONCE, "", OnInterrupted.MANUAL, Set.of()), context -> {
                    CompletableFuture.runAsync(() -> migrator.join().interrupt());
                    new CountDownLatch(1).await();
                });
        migrator.complete(migrations.migrator());

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(() -> migrator.join().migrate());

        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.INTERRUPTED);
        assertThat(migrator.join().lockHolder()).isEmpty();
        assertThatExceptionOfType(MigrationUnresolvedException.class).isThrownBy(migrations::migrate);
    }

    private static void assertStopped(TestMigrations migrations) {
        assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
        assertThat(migrations.migrator().lockHolder()).isEmpty();
    }
}
