package dev.monarch.migration;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.bson.BsonInt64;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.LockSettings;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** The primary steps down while a run holds the lock. The run continues with the next primary. */
@MongoTest(topology = Topology.REPLICA_SET, own = true)
class StepDownTests {

    private static final Duration AWAY = Duration.ofSeconds(2);

    /** Longer than several elections, like the default. */
    private static final MigrationSettings SETTINGS = MigrationSettings.DEFAULT.withLock(new LockSettings(
            Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(500)));

    @Test
    void aStepDownDuringAHeartbeatIsSurvived(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).settings(SETTINGS).with("1", context -> {
            long before = beats(mongo);
            mongo.stepDown(AWAY);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                context.ensureLock();
                return beats(mongo) > before + 1;
            });
        });

        assertThat(migrations.migrate().applied()).hasSize(1);
        assertThat(migrations.entry("1").attempts()).isEqualTo(1);
    }

    @Test
    void stepDownsDuringHistoryWritesAreSurvived(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).settings(SETTINGS);
        CompletableFuture<?>[] stepDowns = new CompletableFuture<?>[3];
        for (int i = 0; i < stepDowns.length; i++) {
            int number = i;
            migrations.with("" + number, context -> {
                TestMigrations.record(context, "" + number);
                // It steps down while this migration's APPLIED and the next one's RUNNING are being written.
                stepDowns[number] = CompletableFuture.runAsync(() -> mongo.stepDown(AWAY));
            });
        }

        assertThat(migrations.migrate().applied()).hasSize(3);

        CompletableFuture.allOf(stepDowns).join();
        mongo.awaitPrimary();
        assertThat(migrations.ran()).containsExactly("0", "1", "2");
        assertThat(migrations.history())
                .extracting(HistoryEntry::state, HistoryEntry::attempts)
                .containsOnly(tuple(MigrationState.APPLIED, 1));
    }

    private static long beats(TestMongo mongo) {
        mongo.awaitPrimary();
        return TestMigrations.on(mongo)
                .lockDocument()
                .getNumber("beats", new BsonInt64(0))
                .longValue();
    }
}
