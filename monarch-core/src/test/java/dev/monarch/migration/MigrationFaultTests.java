package dev.monarch.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonArray;
import org.bson.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.monarch.MonarchException;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * After a fault at any command of lock, history or guard, no migration runs twice at the same time, none runs without
 * an entry in the history, and none is recorded as applied without having run.
 */
class MigrationFaultTests {

    private static final int RUNS = Integer.getInteger("monarch.proof.faults", 40);

    private static final LockSettings LOCK = new LockSettings(
            Duration.ofMillis(1_500), Duration.ofMillis(400), Duration.ofSeconds(60), Duration.ofMillis(300));

    private static final List<String> IDS = List.of("1", "2", "3");

    private static final List<Fault> FAULTS = List.of(
            new Fault.NotSent(),
            new Fault.LostAnswer(),
            Fault.error(91, "ShutdownInProgress", "RetryableWriteError"),
            Fault.error(189, "PrimarySteppedDown"),
            Fault.error(112, "WriteConflict", "TransientTransactionError"),
            Fault.error(13, "Unauthorized"),
            Fault.error(8000, "AtlasError"),
            Fault.writeConcernError(91, "ShutdownInProgress", "RetryableWriteError"),
            Fault.writeConcernError(64, "WriteConcernTimeout"));

    /** The random choices for one run. */
    private record Draw(long seed, int command, int times, Fault fault, boolean retries) {

        static Draw of(long seed, int commands) {
            Random random = new Random(seed);
            return new Draw(
                    seed,
                    random.nextInt(commands),
                    1 + random.nextInt(3),
                    FAULTS.get(random.nextInt(FAULTS.size())),
                    random.nextBoolean());
        }
    }

    /** The observed migrations of all processes. */
    private static final class Kennel {

        private final AtomicInteger inside = new AtomicInteger();

        private final AtomicInteger most = new AtomicInteger();

        private final Map<String, Integer> started = new ConcurrentHashMap<>();

        private final Map<String, Integer> ended = new ConcurrentHashMap<>();

        private final Map<String, Integer> unknown = new ConcurrentHashMap<>();

        private final CountDownLatch begun = new CountDownLatch(1);

        void run(String id, TestMongo mongo) {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            started.merge(id, 1, Integer::sum);
            begun.countDown();
            Document entry = mongo.database()
                    .getCollection("monarch.history")
                    .find(Filters.eq("_id.id", id))
                    .first();
            if (entry == null || !"RUNNING".equals(entry.getString("state"))) {
                unknown.merge(id, 1, Integer::sum);
            }
            ended.merge(id, 1, Integer::sum);
            inside.decrementAndGet();
        }
    }

    @TestFactory
    @MongoTest
    Stream<DynamicTest> everyCommandCanFail(TestMongo mongo) {
        assumeThat(mongo.isReal()).as("a real server has its own test").isFalse();
        return runs(mongo);
    }

    /** Transactions that no client can end are ended by the server, by default within 90 s. */
    @TestFactory
    @MongoTest(own = true)
    Stream<DynamicTest> everyCommandCanFailOnARealServer(TestMongo mongo) {
        mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("setParameter", 1).append("transactionLifetimeLimitSeconds", 3));
        return runs(mongo);
    }

    private static Stream<DynamicTest> runs(TestMongo mongo) {
        long first = Long.getLong("monarch.proof.seed", System.nanoTime());
        int commands = commandsOfARun(mongo);
        System.out.println("Runs of migrations with a fault: " + RUNS + ", monarch.proof.seed=" + first);
        return IntStream.range(0, RUNS)
                .mapToObj(i -> Draw.of(first + i, commands))
                .map(draw -> DynamicTest.dynamicTest(draw.toString(), () -> run(draw, mongo)));
    }

    /** Counts the commands of a run without faults, including some heartbeats. */
    private static int commandsOfARun(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            migrations(mongo, client, new Kennel()).migrate();
            return line.commands().size();
        }
    }

    private static void run(Draw draw, TestMongo mongo) throws Exception {
        mongo.database().drop();
        Kennel kennel = new Kennel();
        AtomicInteger sent = new AtomicInteger();
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(
                        line.uri("retryWrites=" + draw.retries(), "retryReads=" + draw.retries()))) {
            line.fail(command -> sent.getAndIncrement() >= draw.command(), draw.times(), draw.fault());
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                awaitBegin(kennel);
                migrations(mongo, mongo.client(), kennel).migrate();
            });
            try {
                migrations(mongo, client, kennel).migrate();
            } catch (MonarchException | MongoException e) {
                // It may fail. Only the resulting state is checked.
            }
            kennel.begun.countDown();
            other.get(90, TimeUnit.SECONDS);
        }
        TestMigrations last = migrations(mongo, mongo.client(), kennel);
        last.migrate();

        assertThat(kennel.most).as("migrations at the same time").hasValue(1);
        assertThat(kennel.unknown).as("migrations that ran without an entry").isEmpty();
        assertThat(kennel.ended.keySet()).containsExactlyInAnyOrderElementsOf(IDS);
        assertThat(last.history())
                .extracting(HistoryEntry::id)
                .as("the state in the history")
                .containsExactlyInAnyOrderElementsOf(IDS);
        assertThat(last.history()).allSatisfy(entry -> {
            assertThat(entry.state()).isEqualTo(MigrationState.APPLIED);
            assertThat(entry.attempts()).isGreaterThanOrEqualTo(kennel.started.getOrDefault(entry.id(), 0));
        });
        assertThat(last.migrator().lockHolder()).isEmpty();
        assertThat(last.lockDocument().getArray("abandoned", new BsonArray())).isEmpty();
    }

    private static void awaitBegin(Kennel kennel) {
        try {
            assertThat(kennel.begun.await(90, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestMigrations migrations(TestMongo mongo, MongoClient client, Kennel kennel) {
        TestMigrations migrations = TestMigrations.on(
                        MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()))
                .settings(MigrationSettings.DEFAULT.withLock(LOCK));
        IDS.forEach(id -> migrations.with(id, context -> kennel.run(id, mongo)));
        return migrations;
    }
}
