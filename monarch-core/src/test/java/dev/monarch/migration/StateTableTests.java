package dev.monarch.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.monarch.LockHeldException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.LockEvent;
import dev.monarch.environment.LockSettings;
import dev.monarch.migration.Migration.OnInterrupted;
import dev.monarch.migration.Migration.Run;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.MigrationSet.MigrationPolicy;
import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs each row of the table in docs/migrations.md, under "What the next run does". */
@MongoTest
class StateTableTests {

    private static final Duration LEASE = Duration.ofMillis(900);

    private record Row(String entry, String lock, String setting, String outcome) {

        static Row of(String line) {
            List<String> cells =
                    Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
            return new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheTableHolds(TestMongo mongo) throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(15);
        return rows.stream().map(row -> DynamicTest.dynamicTest(row.toString(), () -> run(row, mongo)));
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/migrations.md")).stream()
                .dropWhile(line -> !line.startsWith("| history says |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Row::of)
                .toList();
    }

    private static void run(Row row, TestMongo mongo) {
        mongo.database().drop();
        enter(row.entry(), mongo);
        HeldLock held = lock(row.lock(), mongo);
        try {
            TestMigrations migrations = TestMigrations.on(mongo)
                    .with("1", policy(row.setting()), context -> TestMigrations.record(context, "1"))
                    .settings(settings(row.setting()))
                    .listening(event -> {
                        if (row.outcome().startsWith("waits") && isWaiting(event)) {
                            held.close();
                        }
                    });
            assertOutcome(row, migrations);
        } finally {
            held.close();
        }
    }

    private static boolean isWaiting(MigrationEvent event) {
        return event instanceof MigrationEvent.LockProgress locking && locking.event() instanceof LockEvent.Waiting;
    }

    private static MigrationSettings settings(String setting) {
        Duration wait = setting.equals("wait=0") ? Duration.ZERO : Duration.ofSeconds(20);
        int maxAttempts = setting.equals("max-attempts=2") ? 2 : MigrationSettings.DEFAULT.maxAttempts();
        assertThat(setting).isIn("defaults", "wait=0", "max-attempts=2", "on-interrupted=manual", "run=always");
        return new MigrationSettings(
                "monarch.history",
                "default",
                UnknownMigrations.WARN,
                OutOfOrder.RUN,
                maxAttempts,
                OtherHistories.REFUSE,
                new LockSettings(LEASE, Duration.ofMillis(300), wait, Duration.ofMillis(100)),
                MigrationSettings.DEFAULT.warnAfter(),
                MigrationSettings.DEFAULT.warnEvery());
    }

    private static MigrationPolicy policy(String setting) {
        return new MigrationPolicy(
                false,
                setting.equals("run=always") ? Run.ALWAYS : Run.ONCE,
                "",
                setting.equals("on-interrupted=manual") ? OnInterrupted.MANUAL : OnInterrupted.RETRY,
                Set.of());
    }

    private static void enter(String state, TestMongo mongo) {
        if (!state.equals("nothing")) {
            mongo.database()
                    .getCollection("monarch.history")
                    .insertOne(new Document("_id", new Document("scope", "default").append("id", "1"))
                            .append("state", state)
                            .append("attempts", state.equals("PENDING") ? 0 : 2));
        }
    }

    private static HeldLock lock(String lock, TestMongo mongo) {
        EnvironmentLock environmentLock =
                new EnvironmentLock(TestMigrations.on(mongo).environment(), TestMigrations.QUICK_LOCK);
        HeldLock held = environmentLock.acquire("test", null, event -> {});
        switch (lock) {
            case "held" -> {}
            case "free" -> held.close();
            case "expired" -> {
                held.close();
                mongo.database()
                        .getCollection("monarch.lock")
                        .updateOne(
                                new Document("_id", "environment"),
                                new Document(
                                        "$set",
                                        new Document("token", "of a dead process")
                                                .append("heartbeat", new Date(0))
                                                .append("lease", LEASE.toMillis())));
            }
            default -> throw new IllegalArgumentException(lock);
        }
        return held;
    }

    private static void assertOutcome(Row row, TestMigrations migrations) {
        switch (row.outcome()) {
            case "does nothing" -> {
                assertThat(migrations.migrate().applied()).isEmpty();
                assertThat(migrations.ran()).isEmpty();
            }
            case "fails: lock held" -> {
                assertThatExceptionOfType(LockHeldException.class).isThrownBy(migrations::migrate);
                assertThat(migrations.ran()).isEmpty();
            }
            case "refuses: manual intervention required" -> {
                assertThatExceptionOfType(MigrationUnresolvedException.class).isThrownBy(migrations::migrate);
                assertThat(migrations.ran()).isEmpty();
            }
            case "refuses: started too often" -> {
                assertThatExceptionOfType(MigrationExhaustedException.class).isThrownBy(migrations::migrate);
                assertThat(migrations.ran()).isEmpty();
            }
            default -> {
                int attempt =
                        Integer.parseInt(row.outcome().substring(row.outcome().lastIndexOf(' ') + 1));
                assertThat(migrations.migrate().applied())
                        .extracting(AppliedMigration::attempt)
                        .containsExactly(attempt);
                assertThat(migrations.ran()).containsExactly("1");
                assertThat(sawLockEvent(migrations, LockEvent.Waiting.class)
                                || row.lock().equals("expired"))
                        .isEqualTo(!row.lock().equals("free"));
                assertThat(sawLockEvent(migrations, LockEvent.TakenOver.class))
                        .isEqualTo(row.outcome().startsWith("takes the lock over"));
            }
        }
    }

    private static boolean sawLockEvent(TestMigrations migrations, Class<? extends LockEvent> type) {
        return migrations.events().stream()
                .anyMatch(event ->
                        event instanceof MigrationEvent.LockProgress locking && type.isInstance(locking.event()));
    }
}
