package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The target's primary steps down during the load or the swap, or a source restarts. */
@Execution(ExecutionMode.CONCURRENT)
class StepDownTests {

    private static final Duration AWAY = Duration.ofSeconds(2);

    private static final String HANG = "hangDuringBatchInsert";

    /** So many inserts has a batch of {@link PortionedWritesTests}. */
    private static final int PORTIONS = 3;

    /** A lease longer than several elections take, as the default is. */
    private static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(40), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(500));

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3)
    void aStepDownDuringALoadLosesNothing(TestMongo mongo) {
        MongoDatabase from = StagedDatabaseTests.other(mongo);
        from.getCollection("dogs")
                .insertMany(IntStream.range(0, 300)
                        .mapToObj(i -> new Document("_id", i).append("name", "x".repeat(60_000)))
                        .toList());
        from.getCollection("dogs").createIndex(Indexes.hashed("name"));
        StagedDatabaseTests.fill(mongo.database(), "dogs", 3);
        AtomicBoolean done = new AtomicBoolean();
        try (MongoClient primary = direct(address(mongo))) {
            TransferSource source = beforeBatches(StagedDatabaseTests.source(mongo, from), () -> {
                if (done.compareAndSet(false, true)) {
                    stepDownDuringInsert(mongo, primary.getDatabase("admin"));
                }
            });

            replace(mongo, source, () -> {});
        }

        mongo.awaitPrimary();
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(300);
        assertThat(mongo.database().getCollection("dogs").listIndexes()).hasSize(2);
        StagedDatabaseTests.assertNothingIsLeft(mongo.database());
    }

    /** Only the primary has the first insert of the second batch when it ends. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3)
    void aPrimaryThatEndsDuringABatchTakesNoneOfItAlong(TestMongo mongo) {
        String primary = address(mongo);
        List<String> others = mongo
                .client()
                .getDatabase("admin")
                .runCommand(new Document("hello", 1))
                .getList("hosts", String.class)
                .stream()
                .filter(host -> !host.equals(primary))
                .toList();
        AtomicInteger inserts = new AtomicInteger();
        DocumentFailures failures = new DocumentFailures();
        try (MongoClient client = afterEachInsert(mongo, () -> {
            if (inserts.incrementAndGet() == PORTIONS + 1) {
                end(primary);
                others.forEach(host -> replicate(host, true));
            }
        })) {
            PortionedWrites writes = PortionedWritesTests.writes(client, mongo, failures);
            writes.write(PortionedWritesTests.batch(0));
            others.forEach(host -> replicate(host, false));

            assertThat(writes.write(PortionedWritesTests.batch(PortionedWritesTests.DOGS)))
                    .isEqualTo(PortionedWritesTests.DOGS);
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2 * PortionedWritesTests.DOGS);
        assertThat(failures.count()).isZero();
        // Three, one, and all three again.
        assertThat(inserts).hasValueGreaterThanOrEqualTo(2 * PORTIONS + PORTIONS);
    }

    private static MongoClient afterEachInsert(TestMongo mongo, Runnable action) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandSucceeded(CommandSucceededEvent event) {
                        if (event.getCommandName().equals("insert")) {
                            action.run();
                        }
                    }
                })
                .build());
    }

    private static void end(String host) {
        try (MongoClient member = direct(host)) {
            member.getDatabase("admin")
                    .runCommand(
                            new Document("shutdown", 1).append("force", true).append("timeoutSecs", 0));
        } catch (MongoException e) {
            // The connection ends with the process.
            assertThat(e).isInstanceOfAny(MongoSocketException.class, MongoCommandException.class);
        }
    }

    private static void replicate(String host, boolean on) {
        try (MongoClient member = direct(host)) {
            member.getDatabase("admin")
                    .runCommand(new Document("configureFailPoint", "stopReplProducer")
                            .append("mode", on ? "off" : "alwaysOn"));
        }
    }

    private static MongoClient direct(String host) {
        return MongoClients.create("mongodb://" + host + "/?directConnection=true");
    }

    private static String address(TestMongo mongo) {
        return mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("hello", 1))
                .getString("me");
    }

    /** The server has accepted the documents of a command and written none: it then reports an error for each. */
    private static void stepDownDuringInsert(TestMongo mongo, MongoDatabase primary) {
        primary.runCommand(new Document("configureFailPoint", HANG).append("mode", "alwaysOn"));
        CompletableFuture.runAsync(() -> {
            primary.runCommand(new Document("waitForFailPoint", HANG)
                    .append("timesEntered", 1)
                    .append("maxTimeMS", 30_000));
            mongo.stepDown(AWAY);
            primary.runCommand(new Document("configureFailPoint", HANG).append("mode", "off"));
        });
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3)
    void aStepDownDuringASwapLosesNothing(TestMongo mongo) throws Exception {
        int collections = 40;
        MongoDatabase from = StagedDatabaseTests.other(mongo);
        for (int i = 0; i < collections; i++) {
            StagedDatabaseTests.fill(from, "dogs" + i, 10);
            StagedDatabaseTests.fill(mongo.database(), "dogs" + i, 3);
        }
        CompletableFuture<?>[] stepDown = new CompletableFuture<?>[1];

        replace(
                mongo,
                StagedDatabaseTests.source(mongo, from),
                () -> stepDown[0] = CompletableFuture.runAsync(() -> {
                    await().until(() -> mongo.database().getCollection("dogs0").countDocuments() == 10);
                    mongo.stepDown(AWAY);
                }));

        stepDown[0].get();
        mongo.awaitPrimary();
        for (int i = 0; i < collections; i++) {
            assertThat(mongo.database().getCollection("dogs" + i).countDocuments())
                    .as("dogs%d", i)
                    .isEqualTo(10);
        }
        StagedDatabaseTests.assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aRestartedCollectionHasOnlyItsNewDocuments(TestMongo mongo) {
        MongoDatabase from = StagedDatabaseTests.other(mongo);
        StagedDatabaseTests.fill(from, "dogs", 10);
        from.createCollection("log", new CreateCollectionOptions().capped(true).sizeInBytes(100_000));
        StagedDatabaseTests.fill(from, "log", 10);
        TransferSource twice = sink -> StagedDatabaseTests.source(mongo, from).transferTo(new Twice(sink));

        replace(mongo, twice, () -> {});

        for (String name : List.of("dogs", "log")) {
            assertThat(mongo.database().getCollection(name).find().map(dog -> dog.getInteger("_id")))
                    .as(name)
                    .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        }
    }

    private static void replace(TestMongo mongo, TransferSource source, Runnable beforeTheSwap) {
        replace(
                MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName()),
                source,
                beforeTheSwap);
    }

    static void replace(MonarchEnvironment target, TransferSource source, Runnable beforeTheSwap) {
        StagingRequest request = new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, "monarch.history", Option.ACCEPT_LOST_WRITES),
                LoadOptions.DEFAULT.withVerification(Verification.FULL),
                StagingRequest.DEFAULT_RENAME_LIMIT);
        try (HeldLock lock = new EnvironmentLock(target, LOCK).acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request), lock, null, -1)) {
            source.transferTo(staged);
            staged.load();
            beforeTheSwap.run();
            staged.swap();
        }
    }

    /** Runs a hook before each batch. */
    private static TransferSource beforeBatches(TransferSource source, Runnable action) {
        return new ChangedBatches(source, batch -> {
            action.run();
            return batch;
        });
    }

    /** Sends a document that is discarded, and restarts. */
    private record Twice(TransferSink sink) implements TransferSink {

        @Override
        public void begin(Catalogue catalogue) {
            sink.begin(catalogue);
        }

        @Override
        public CollectionSink collection(CollectionDescription collection) {
            CollectionSink to = sink.collection(collection);
            RawBsonDocument stray = RawBsonDocument.parse("{_id: 4711}");
            to.documents(new DocumentBatch(stray.getBackingArray(), stray.getByteLength(), 1));
            to.restart();
            return to;
        }
    }
}
