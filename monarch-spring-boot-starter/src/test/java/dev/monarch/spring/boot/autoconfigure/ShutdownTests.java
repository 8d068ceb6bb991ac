package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import dev.monarch.OperationInterruptedException;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStore;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockSettings;
import dev.monarch.migration.Migration;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.MigrationContext;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.MongoMigration;
import dev.monarch.spring.boot.command.shelter.LongWalk;
import dev.monarch.spring.boot.operation.InterruptibleOperations;
import dev.monarch.spring.boot.process.ApplicationProcess;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** If an application stops while Monarch works, the work ends, the history records it, and the lock is free. */
@MongoTest
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The exit code of a JVM that SIGTERM ended. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "startup, walk, FAILED",
        "ready, walk, FAILED",
        "startup, manual, INTERRUPTED",
        "ready, manual, INTERRUPTED"
    })
    void aMigrationIsInterrupted(String runAt, String how, String state, TestMongo mongo) {
        stop(runAt, how, mongo);

        assertThat(Kennel.history(mongo)).contains("2-walk " + state).doesNotContain("3-houses APPLIED");
        assertLockIsFree(mongo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    @MongoTest(topology = Topology.REPLICA_SET)
    void anOperationOnTheServerIsEnded(String runAt, TestMongo mongo) {
        stop(runAt, "count", mongo);

        assertThat(Kennel.history(mongo)).contains("2-walk FAILED");
        assertThat(mongo.client()
                        .getDatabase("admin")
                        .runCommand(new Document("currentOp", 1)
                                .append("command.aggregate", "steps")
                                .append("ns", mongo.databaseName() + ".steps"))
                        .getList("inprog", Document.class))
                .isEmpty();
        assertLockIsFree(mongo);
    }

    private static void stop(String runAt, String how, TestMongo mongo) {
        try (TestProcess process = ApplicationProcess.start(
                Walk.class,
                "--spring.mongodb.uri=" + mongo.uri(),
                "--spring.main.web-application-type=none",
                "--monarch.migrations.run-at=" + runAt,
                "--walk.how=" + how)) {
            process.awaitLine(line -> line.contains("walking"), PATIENCE);

            process.terminate();

            assertThat(process.awaitExit(PATIENCE)).isEqualTo(TERMINATED);
            assertThat(process.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("The application is stopping. It interrupts the migrations of 'default'"))
                    .anySatisfy(line -> assertThat(line).contains("The interrupted operations have ended"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"startup", "ready"})
    void aWaitForTheLockIsInterrupted(String runAt, TestMongo mongo) {
        try (HeldLock held = new EnvironmentLock(Kennel.environment(mongo), LockSettings.DEFAULT)
                        .acquire("test", null, event -> {});
                TestProcess process = ApplicationProcess.start(
                        Walk.class,
                        "--spring.mongodb.uri=" + mongo.uri(),
                        "--spring.main.web-application-type=none",
                        "--monarch.lock.wait=10m",
                        "--monarch.migrations.run-at=" + runAt)) {
            process.awaitLine(line -> line.contains("for the lock, held by"), PATIENCE);

            process.terminate();

            assertThat(process.awaitExit(PATIENCE)).isEqualTo(TERMINATED);
            held.ensureHeld();
        }
        assertThat(Kennel.history(mongo)).isEmpty();
    }

    @Test
    void aBackupOfABeanIsInterruptedAndWaitedFor(TestMongo mongo) throws Exception {
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        BlockingStore store = new BlockingStore(folder);
        var application = Kennel.application()
                .initializers(
                        context -> ((GenericApplicationContext) context).registerBean(BackupStore.class, () -> store));
        CompletableFuture<?> backup;
        try (var context = Kennel.start(application, mongo)) {
            BackupService backups = context.getBean(BackupService.class);
            backup = CompletableFuture.runAsync(() -> backups.backup(BackupRequest.of("default")));
            store.begun().await();
        }

        assertThat(backup).as("the context waits for the backup").isCompletedExceptionally();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void whatStartsAfterTheStopIsRefusedUntilTheApplicationStartsAgain(TestMongo mongo) {
        try (var context = Kennel.start(Kennel.application(), mongo)) {
            InterruptibleOperations operations = context.getBean(InterruptibleOperations.class);
            Migrator migrator = context.getBean(Migrator.class);
            context.stop();

            assertThat(operations.run("a walk", () -> {})).isFalse();
            assertThatExceptionOfType(OperationInterruptedException.class)
                    .isThrownBy(() -> operations.migrate(migrator));

            context.start();

            assertThat(operations.run("a walk", () -> {})).isTrue();
            assertThat(operations.migrate(migrator).applied()).isEmpty();
        }
    }

    @Test
    void aThreadIsInterruptedOnceForAllItsOperations() {
        InterruptibleOperations operations = new InterruptibleOperations();

        operations.run(
                null,
                () -> operations.run("a walk", () -> {
                    assertThat(operations.interrupt()).containsExactly("a walk");
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(operations.interrupt()).containsExactly("a walk");
                    assertThat(Thread.interrupted())
                            .as("a second interrupt could stop the cleanup")
                            .isFalse();
                }));

        assertThat(operations.isIdle()).isTrue();
    }

    @Test
    void allWhoStopTheApplicationTogetherWaitOnce(CapturedOutput output) {
        InterruptibleOperations operations = new InterruptibleOperations();
        OperationShutdown shutdown = new OperationShutdown(List::of, operations, Duration.ZERO);

        CompletableFuture<?> end = new CompletableFuture<>();
        CompletableFuture<?> walk = CompletableFuture.runAsync(() -> operations.run("a walk", end::join));
        await().until(() -> !operations.isIdle());

        shutdown.stop();
        shutdown.stop();
        end.complete(null);
        walk.join();

        assertThat(output.getAll().lines().filter(line -> line.contains("have not ended within")))
                .hasSize(1);
    }

    private static void assertLockIsFree(TestMongo mongo) {
        assertThat(new EnvironmentLock(Kennel.environment(mongo), LockSettings.DEFAULT).holder())
                .isEmpty();
    }

    /** An application whose second migration ends only when interrupted. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Walk {

        public static void main(String[] arguments) {
            SpringApplication.run(Walk.class, arguments);
        }

        @Bean
        @Migration("1-dogs")
        MongoMigration dogs() {
            return context -> context.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
        }

        @Bean
        MongoMigration walk(@Value("${walk.how:walk}") String how) {
            return how.equals("manual") ? new ManualWalk() : how.equals("count") ? new Count() : new RepeatableWalk();
        }

        @Bean
        @Migration("3-houses")
        MongoMigration houses() {
            return context -> context.database().getCollection("houses").insertOne(new Document("name", "Home"));
        }
    }

    private static void walk(MigrationContext context) {
        for (int step = 0; ; step++) {
            context.database().getCollection("steps").insertOne(new Document("_id", step));
            if (step == 10) {
                System.out.println("walking");
            }
        }
    }

    @Migration("2-walk")
    static final class RepeatableWalk implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            walk(context);
        }
    }

    @Migration(id = "2-walk", onInterrupted = OnInterrupted.MANUAL)
    static final class ManualWalk implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            walk(context);
        }
    }

    @Migration("2-walk")
    static final class Count implements MongoMigration {

        @Override
        public void up(MigrationContext context) {
            context.database().getCollection("steps").insertOne(new Document());
            System.out.println("walking");
            context.database()
                    .getCollection("steps")
                    .aggregate(LongWalk.countingForHours())
                    .first();
        }
    }
}
