package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNamespace;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.RenameCollectionOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.ReadReport.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Reads a database completely, undecoded, and at one point in time if the server supports it. */
class DatabaseSourceTests {

    private static final String HISTORY = "monarch.history";

    private final CollectingSink sink = new CollectingSink();

    @Test
    @MongoTest
    void everyDocumentIsReadUnchanged(TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 2_500);
        List<String> cats = fill(mongo, "cats", 3);
        mongo.database().createCollection("nobody");
        mongo.database().getCollection("monarch.lock").insertOne(new Document("_id", "lock"));
        mongo.database().getCollection("monarch.stage.1a.7").insertOne(new Document("_id", 1));

        source(mongo, Consistency.BEST).transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyInAnyOrderElementsOf(dogs);
        assertThat(texts(sink.documents("cats"))).containsExactlyInAnyOrderElementsOf(cats);
        assertThat(sink.ended()).containsExactlyInAnyOrder("cats", "dogs", "nobody");
    }

    @Test
    @MongoTest
    void onlySelectedDocumentsAreRead(TestMongo mongo) {
        fill(mongo, "dogs", 3);
        fill(mongo, "dog_houses", 3);
        fill(mongo, "cats", 3);
        ReadOptions reading = reading(new CollectionSelection(List.of("dog*"), List.of("*houses")), Consistency.BEST);

        DatabaseSource.open(environment(mongo), reading).transferTo(sink);

        assertThat(sink.ended()).containsExactly("dogs");
    }

    @Test
    @MongoTest
    void documentsAndBytesAreCountedBeforeTheRead(TestMongo mongo) {
        fill(mongo, "dogs", 30);

        DatabaseSource source = source(mongo, Consistency.BEST);

        assertThat(source.expected()).hasEntrySatisfying("dogs", size -> {
            assertThat(size.documents()).isEqualTo(30);
            assertThat(size.bytes()).isGreaterThan(30 * 20);
        });
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void theCatalogueDescribesEveryCollection(TestMongo mongo) {
        mongo.database()
                .createCollection(
                        "log", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        mongo.database()
                .createCollection(
                        "weights",
                        new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at").metaField("dog")));
        mongo.database().getCollection("weights").insertOne(Document.parse("{at: {$date: 1}, dog: 1, kg: 7}"));
        fill(mongo, "dogs", 3);
        mongo.database().getCollection("dogs").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        mongo.database().createView("names", "dogs", List.of(Document.parse("{$project: {name: 1}}")));
        mongo.database().getCollection("system.js").insertOne(Document.parse("{_id: 'f', value: 1}"));

        source(mongo, Consistency.NONE).transferTo(sink);

        assertThat(sink.catalogue().collections())
                .extracting(CollectionDescription::name)
                .containsExactly("dogs", "log", "names", "system.js", "weights");
        assertThat(sink.ended()).containsExactlyInAnyOrder("dogs", "log", "names", "system.js", "weights");
        assertThat(sink.catalogue().collection("dogs").orElseThrow().indexes())
                .extracting(index -> index.getString("name").getValue())
                .containsExactly("_id_", "name_1");
        assertThat(sink.catalogue().collection("names").orElseThrow().type()).isEqualTo(CollectionType.VIEW);
        assertThat(sink.catalogue().collection("weights").orElseThrow().type()).isEqualTo(CollectionType.TIME_SERIES);
        assertThat(sink.documents("weights"))
                .singleElement()
                .satisfies(bucket -> assertThat(bucket).containsKeys("control", "meta", "data"));
        assertThat(sink.documents("system.js")).hasSize(1);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aSnapshotIsConsistentAcrossCollections(TestMongo mongo) throws Exception {
        int accounts = 200;
        for (String bank : List.of("north", "south")) {
            mongo.database()
                    .getCollection(bank)
                    .insertMany(IntStream.range(0, accounts)
                            .mapToObj(i -> new Document("_id", i)
                                    .append("balance", 100)
                                    .append("note", "x".repeat(60_000)))
                            .toList());
        }
        AtomicBoolean go = new AtomicBoolean(true);
        AtomicInteger transfers = new AtomicInteger();
        CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> {
            try (ClientSession session = mongo.client().startSession()) {
                for (int i = 0; go.get(); i++) {
                    int account = i % accounts;
                    session.withTransaction(() -> {
                        move(mongo, session, "north", account, -1);
                        return move(mongo, session, "south", account, +1);
                    });
                    transfers.incrementAndGet();
                }
            }
        });
        sink.onBatch(collection -> {
            int before = transfers.get();
            await().until(() -> transfers.get() > before + 3);
        });

        DatabaseSource source = source(mongo, Consistency.SNAPSHOT);
        source.transferTo(sink);
        go.set(false);
        moving.get();

        int sum = sum(sink.documents("north")) + sum(sink.documents("south"));
        assertThat(sum).isEqualTo(2 * accounts * 100);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(source.report().reasons()).isEmpty();
        assertThat(transfers.get()).isGreaterThan(10);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true, members = 3)
    void aSnapshotSurvivesAFailover(TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 400, "x".repeat(60_000));
        DatabaseSource source = source(mongo, Consistency.SNAPSHOT);
        AtomicBoolean done = new AtomicBoolean();
        sink.onBatch(collection -> {
            if (done.compareAndSet(false, true)) {
                mongo.stepDown(Duration.ofSeconds(2));
                mongo.awaitPrimary();
                mongo.database().getCollection("dogs").updateMany(new Document(), Updates.set("name", "changed"));
            }
        });

        source.transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyInAnyOrderElementsOf(dogs);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true)
    void anInterruptedReadRestartsAtTheSamePointInTime(TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 400, "x".repeat(60_000));
        DatabaseSource source = source(mongo, Consistency.SNAPSHOT);
        AtomicBoolean done = new AtomicBoolean();
        sink.onBatch(collection -> {
            if (done.compareAndSet(false, true)) {
                mongo.database().getCollection("dogs").deleteMany(new Document());
                mongo.client().getDatabase("admin").runCommand(Document.parse("{killAllSessions: []}"));
            }
        });

        source.transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyInAnyOrderElementsOf(dogs);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(sink.restarted()).contains("dogs");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true)
    void aReadThatIsTooSlowForTheSnapshotIsSoonRepeatedWithoutOne(TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 400, "x".repeat(60_000));
        fill(mongo, "cats", 3);
        keepSnapshots(mongo, Duration.ofSeconds(2));

        DatabaseSource source = source(mongo, Consistency.BEST, Pace.of("4MB"));
        source.transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyInAnyOrderElementsOf(dogs);
        assertThat(sink.restarted()).containsExactly("dogs");
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
        assertThat(source.report().reasons())
                .containsExactly("'dogs': its read takes longer than the server keeps a snapshot"
                        + " (minSnapshotHistoryWindowInSeconds)");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true)
    void aRequiredSnapshotIsReadUntilTheServerRefuses(TestMongo mongo) {
        fill(mongo, "dogs", 400, "x".repeat(60_000));
        keepSnapshots(mongo, Duration.ofSeconds(2));

        DatabaseSource source = source(mongo, Consistency.SNAPSHOT, Pace.of("4MB"));

        assertThatThrownBy(() -> source.transferTo(sink))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'dogs' cannot be read at the time of the snapshot");
        assertThat(sink.restarted()).isEmpty();
    }

    /** A server that no one writes to keeps them for longer. */
    private void keepSnapshots(TestMongo mongo, Duration time) {
        MongoCollection<Document> elsewhere =
                mongo.client().getDatabase(mongo.databaseName() + "x").getCollection("dogs");
        sink.onBatch(collection -> elsewhere.insertOne(new Document()));
        mongo.client()
                .getDatabase("admin")
                .runCommand(
                        new Document("setParameter", 1).append("minSnapshotHistoryWindowInSeconds", time.toSeconds()));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aCappedCollectionIsReadInOrderAndSeparately(TestMongo mongo) {
        mongo.database()
                .createCollection(
                        "log", new CreateCollectionOptions().capped(true).sizeInBytes(100_000));
        List<String> log = fill(mongo, "log", 50);
        fill(mongo, "dogs", 3);

        DatabaseSource source = source(mongo, Consistency.BEST);
        source.transferTo(sink);

        assertThat(texts(sink.documents("log"))).containsExactlyElementsOf(log);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
        assertThat(source.report().reasons())
                .containsExactly("'log': this server cannot read a capped collection at a point in time");
        assertThatThrownBy(() -> source(mongo, Consistency.SNAPSHOT).transferTo(new CollectingSink()))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'log' cannot be read at the time of the snapshot");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aCollectionReplacedDuringItsReadIsReadAgain(TestMongo mongo) {
        fill(mongo, "dogs", 800, "x".repeat(60_000));
        AtomicBoolean done = new AtomicBoolean();
        sink.onBatch(collection -> {
            if (done.compareAndSet(false, true)) {
                mongo.database().getCollection("dogs").drop();
                fill(mongo, "dogs", 3);
            }
        });

        DatabaseSource source = source(mongo, Consistency.BEST);
        source.transferTo(sink);

        assertThat(sink.documents("dogs")).hasSize(3);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
        assertThat(source.report().reasons()).singleElement().asString().startsWith("'dogs': ");
        assertThat(source.report().warnings()).contains("'dogs' was replaced by another collection during the read.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Consistency.class,
            names = {"SNAPSHOT", "BEST"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aCollectionReplacedAfterItsReadIsNotReadAgain(Consistency consistency, TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 5);
        sink.onBatch(collection -> {
            mongo.database().getCollection("dogs").drop();
            fill(mongo, "dogs", 3);
        });

        DatabaseSource source = source(mongo, consistency);
        source.transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyElementsOf(dogs);
        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(source.report().warnings()).contains("'dogs' was replaced by another collection during the read.");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aCollectionRenamedOverAnotherIsNotMistakenForIt(TestMongo mongo) {
        fill(mongo, "dogs", 3);
        List<String> cats = fill(mongo, "cats", 5);

        DatabaseSource source = source(mongo, Consistency.BEST);
        mongo.database()
                .getCollection("cats")
                .renameCollection(
                        new MongoNamespace(mongo.databaseName(), "dogs"),
                        new RenameCollectionOptions().dropTarget(true));
        source.transferTo(sink);

        assertThat(texts(sink.documents("dogs"))).containsExactlyElementsOf(cats);
        assertThat(source.report().reasons()).hasSize(2).anyMatch(reason -> reason.startsWith("'dogs': "));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aCollectionDroppedDuringItsReadIsNotIncluded(TestMongo mongo) {
        fill(mongo, "dogs", 800, "x".repeat(60_000));
        sink.onBatch(collection -> mongo.database().getCollection("dogs").drop());

        DatabaseSource source = source(mongo, Consistency.BEST);
        source.transferTo(sink);

        assertThat(sink.documents("dogs")).isEmpty();
        assertThat(source.report().reasons())
                .containsExactly("'dogs': it was dropped during the read and is not included");
    }

    @Test
    @MongoTest
    void migrationsThatRanDuringTheReadAreReported(TestMongo mongo) {
        fill(mongo, "dogs", 3);
        mongo.database().getCollection(HISTORY).insertOne(new Document("_id", "1").append("state", "RUNNING"));
        sink.onBatch(collection ->
                mongo.database().getCollection(HISTORY).updateOne(Filters.eq("1"), Updates.set("state", "APPLIED")));

        DatabaseSource source = source(mongo, Consistency.BEST);
        source.transferTo(sink);

        assertThat(source.report().migrated()).isTrue();
    }

    /** It may have started between the check of the lock and the first read of the history. */
    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "ROLLING_BACK"})
    @MongoTest
    void aMigrationThatRunsDuringTheWholeReadIsReported(String state, TestMongo mongo) {
        fill(mongo, "dogs", 3);
        mongo.database().getCollection(HISTORY).insertOne(new Document("_id", "1").append("state", state));
        DatabaseSource source = source(mongo, Consistency.BEST);

        source.transferTo(sink);

        assertThat(source.report().warnings()).anyMatch(warning -> warning.contains("A migration was running"));
        assertThat(source.hasMigrated()).isFalse();
        mongo.database().getCollection(HISTORY).updateOne(Filters.eq("1"), Updates.set("state", "APPLIED"));
        assertThat(source.hasMigrated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @MongoTest
    void aFailureOfTheTargetIsNotReportedAsOneOfTheSource(boolean transientOne, TestMongo mongo) {
        fill(mongo, "dogs", 3);
        AtomicInteger batches = new AtomicInteger();
        sink.onBatch(collection -> {
            batches.incrementAndGet();
            throw transientOne
                    ? new MongoSocketReadException("the line of the target was cut", new ServerAddress())
                    : new MongoException(13, "not authorized on the target");
        });

        assertThatThrownBy(() -> source(mongo, Consistency.BEST).transferTo(sink))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("'dogs' could not be written into the target: ")
                .hasMessageNotContaining("could not be read");
        assertThat(batches).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BEST", "SNAPSHOT"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void collectionsThatAreCreatedAndDroppedAreReadSeparately(Consistency consistency, TestMongo mongo) {
        List<String> dogs = fill(mongo, "dogs", 2_500);
        mongo.database().getCollection("temp0").insertOne(new Document());
        try (MongoClient restless = restless(mongo)) {
            MonarchEnvironment environment =
                    MonarchEnvironment.using("kennel", Protection.OFF, restless, mongo.databaseName());
            ReadOptions all = reading(CollectionSelection.ALL, consistency);
            if (consistency == Consistency.SNAPSHOT) {
                assertThatThrownBy(() -> DatabaseSource.open(environment, all))
                        .hasMessageContaining("change faster than they can be listed");
            } else {
                DatabaseSource source = DatabaseSource.open(environment, all);
                source.transferTo(sink);
                assertThat(texts(sink.documents("dogs"))).containsExactlyInAnyOrderElementsOf(dogs);
                assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
                assertThat(source.report().reasons())
                        .isNotEmpty()
                        .allMatch(reason -> reason.contains("'temp") && !reason.contains("'dogs'"));
            }

            DatabaseSource others = DatabaseSource.open(
                    environment, reading(new CollectionSelection(List.of("dogs"), List.of()), consistency));
            others.transferTo(new CollectingSink());
            assertThat(others.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
            assertThat(others.report().warnings()).isEmpty();
        }
    }

    /** Replaces the collection whenever the collections are listed. */
    private static MongoClient restless(TestMongo mongo) {
        AtomicInteger looks = new AtomicInteger();
        CommandListener listener = new CommandListener() {

            @Override
            public void commandSucceeded(CommandSucceededEvent event) {
                if (event.getCommandName().equals("listCollections")) {
                    int look = looks.incrementAndGet();
                    mongo.database().getCollection("temp" + look).insertOne(new Document());
                    mongo.database().getCollection("temp" + (look - 1)).drop();
                }
            }
        };
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(listener)
                .build());
    }

    @Test
    @MongoTest(topology = Topology.STANDALONE)
    void aStandaloneServerHasNoSnapshots(TestMongo mongo) {
        fill(mongo, "dogs", 3);

        DatabaseSource source = source(mongo, Consistency.BEST);
        source.transferTo(sink);

        assertThat(source.report().consistency()).isEqualTo(ReadReport.AchievedConsistency.NONE);
        assertThatThrownBy(() -> source(mongo, Consistency.SNAPSHOT))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("a snapshot was requested, but a standalone server cannot");
    }

    @Test
    @MongoTest
    void anExceptionOfTheSinkEndsTheTransfer(TestMongo mongo) {
        for (int i = 0; i < 10; i++) {
            fill(mongo, "dogs" + i, 3);
        }
        sink.onBatch(collection -> {
            throw new IllegalStateException("no room");
        });

        assertThatThrownBy(() -> source(mongo, Consistency.BEST).transferTo(sink))
                .hasMessage("no room");
    }

    @Test
    @MongoTest
    void anInterruptEndsTheTransfer(TestMongo mongo) {
        fill(mongo, "dogs", 3);
        DatabaseSource source = source(mongo, Consistency.BEST);
        Thread caller = Thread.currentThread();
        AtomicBoolean readerInterrupted = new AtomicBoolean();
        sink.onBatch(collection -> {
            caller.interrupt();
            try {
                new CountDownLatch(1).await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                readerInterrupted.set(true);
            }
        });

        assertThatThrownBy(() -> source.transferTo(sink)).isInstanceOf(MongoInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(readerInterrupted).isTrue();
    }

    private static MonarchEnvironment environment(TestMongo mongo) {
        return MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }

    private static DatabaseSource source(TestMongo mongo, Consistency consistency) {
        return DatabaseSource.open(environment(mongo), reading(CollectionSelection.ALL, consistency));
    }

    private static DatabaseSource source(TestMongo mongo, Consistency consistency, Pace pace) {
        return DatabaseSource.open(environment(mongo), reading(CollectionSelection.ALL, consistency, pace));
    }

    private static ReadOptions reading(CollectionSelection selection, Consistency consistency) {
        return reading(selection, consistency, Pace.FULL);
    }

    private static ReadOptions reading(CollectionSelection selection, Consistency consistency, Pace pace) {
        return new ReadOptions("back up", selection, consistency, TransferPace.of(pace.withWorkers(2)), HISTORY);
    }

    private static List<String> fill(TestMongo mongo, String collection, int count) {
        return fill(mongo, collection, count, "Rex");
    }

    private static List<String> fill(TestMongo mongo, String collection, int count, String name) {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(new Document("_id", i).append("name", name + i));
        }
        MongoCollection<Document> target = mongo.database().getCollection(collection);
        target.insertMany(documents);
        return documents.stream()
                .map(document -> text(document.keySet(), document.getInteger("_id"), document.getString("name")))
                .toList();
    }

    private static List<String> texts(List<RawBsonDocument> documents) {
        return documents.stream()
                .map(document -> text(
                        document.keySet(),
                        document.getInt32("_id").getValue(),
                        document.getString("name").getValue()))
                .toList();
    }

    /** The names are long, and JSON of them takes longer than to read them. */
    private static String text(Set<String> fields, Object id, Object name) {
        return fields + " " + id + " " + name;
    }

    private static Object move(TestMongo mongo, ClientSession session, String bank, int account, int amount) {
        return mongo.database()
                .getCollection(bank)
                .updateOne(session, Filters.eq(account), Updates.inc("balance", amount));
    }

    private static int sum(List<RawBsonDocument> accounts) {
        return accounts.stream()
                .mapToInt(account -> account.getNumber("balance").intValue())
                .sum();
    }
}
