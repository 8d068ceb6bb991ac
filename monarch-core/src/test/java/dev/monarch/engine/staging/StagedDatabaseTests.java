package dev.monarch.engine.staging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.TimeSeriesOptions;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.archive.ArchiveSource;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.engine.archive.FixtureTruth;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DatabaseSource;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.LoadOptions.OnDuplicate;
import dev.monarch.replacement.LoadOptions.Verification;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport.Consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A database is replaced completely and exactly, or it is unchanged. */
class StagedDatabaseTests {

    private static final String HISTORY = "monarch.history";

    private static final RawBsonDocument TWIN = RawBsonDocument.parse("{_id: 2, name: 'same', active: true}");

    private StagingRequest.Replacement replacement = new StagingRequest.Replacement(true, HISTORY);

    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    /** The time does not come from a client's clock: the server's clock is in another year. */
    @Test
    @MongoTest
    void theJournalHasTheTimeOfTheServer(TestMongo mongo) {
        Instant serverTime = Instant.parse("2001-01-01T00:00:00Z");
        fill(other(mongo), "dogs", 3);
        AtomicReference<Date> since = new AtomicReference<>(new Date());
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.amend("findAndModify", answer -> {
                if (answer.get("value") instanceof BsonDocument lock && lock.containsKey("since")) {
                    lock.append("since", new BsonDateTime(serverTime.toEpochMilli()));
                }
                return answer;
            });
            StepDownTests.replace(
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName()),
                    source(mongo, other(mongo)),
                    () -> since.set(mongo.database()
                            .getCollection("monarch.journal")
                            .find()
                            .first()
                            .getDate("since")));
        }

        assertThat(since.get()).isBetween(Date.from(serverTime), Date.from(serverTime.plus(Duration.ofDays(1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb-4.4", "mongodb-5.0"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void anArchiveOfMongodumpIsRestoredExactly(String folder, TestMongo mongo) throws Exception {
        fixtures(mongo).getCollection("dogs").insertOne(new Document("name", "old"));
        fixtures(mongo).getCollection("stale").insertOne(new Document("name", "old"));
        fixtures(mongo).createCollection("awesome_view");
        fixtures(mongo).createView("case", "dogs", List.of());

        replaceByFixture(mongo, folder + "/kennel_fixture.archive.gz");

        FixtureTruth.of(folder).isIn(fixtures(mongo));
        assertNothingIsLeft(fixtures(mongo));
    }

    @Test
    @MongoTest(topology = Topology.STANDALONE)
    void anArchiveIsRestoredOnAStandaloneServer(TestMongo mongo) throws Exception {
        assumeThat(mongo.isReal())
                .as("the embedded server knows no capped collections, no views and no collations")
                .isTrue();
        replaceByFixture(mongo, "mongodb-4.4/kennel_fixture.archive.gz");

        FixtureTruth.of("mongodb-4.4").isIn(fixtures(mongo));
    }

    @Test
    @MongoTest
    void otherCollectionsAreKeptOnRequest(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 10);
        fill(mongo.database(), "dogs", 3);
        fill(mongo.database(), "cats", 3);
        replacement = new StagingRequest.Replacement(false, HISTORY);

        replace(mongo, source(mongo, from));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(mongo.database().getCollection("cats").countDocuments()).isEqualTo(3);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theLargestDocumentAndMoreThanOneCommandCanHoldAreLoaded(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        from.getCollection("large").insertOne(new Document("_id", 1).append("bytes", new byte[16 * 1024 * 1024 - 26]));
        fill(from, "small", 150_000);
        assertThat(from.getCollection("large", RawBsonDocument.class)
                        .find()
                        .first()
                        .getByteLength())
                .isEqualTo(16 * 1024 * 1024);

        replace(mongo, source(mongo, from));

        assertThat(mongo.database().getCollection("large").countDocuments()).isEqualTo(1);
        assertThat(mongo.database().getCollection("small").countDocuments()).isEqualTo(150_000);
    }

    @Test
    @MongoTest
    void otherCollectionsAreRemovedExceptThoseToKeep(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 10);
        fill(from, HISTORY, 10);
        fill(mongo.database(), "cats", 3);
        fill(mongo.database(), HISTORY, 3);
        replacement = new StagingRequest.Replacement(true, Set.of(HISTORY), HISTORY, Set.of());

        replace(mongo, source(mongo, from));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(mongo.database().getCollection(HISTORY).countDocuments()).isEqualTo(3);
        assertThat(mongo.database().listCollectionNames())
                .doesNotContain("cats")
                .contains("monarch.lock");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theLongestPossibleNamesAreLoadedAndLongerOnesRefused(TestMongo mongo) {
        String database = "d".repeat(63 - mongo.databaseName().length()) + mongo.databaseName();
        mongo.uri(database);
        MongoDatabase from = other(mongo);
        String longest = "c".repeat(255 - 64);
        fill(from, longest, 3);
        from.getCollection(longest).createIndex(Indexes.ascending("name"));

        replace(
                mongo,
                MonarchEnvironment.using("long", Protection.DEFAULT, mongo.client(), database),
                source(mongo, from));

        assertThat(mongo.client().getDatabase(database).getCollection(longest).countDocuments())
                .isEqualTo(3);
        fill(from, longest + "c", 3);
        MonarchEnvironment environment = MonarchEnvironment.using("long", Protection.DEFAULT, mongo.client(), database);
        assertThatThrownBy(() -> replace(mongo, environment, source(mongo, from)))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("has 256 bytes, but the server allows only 255");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void duplicateKeysFailTheLoadAndNothingIsReplaced(TestMongo mongo) throws IOException {
        MongoDatabase from = withDuplicates(mongo);
        fill(mongo.database(), "dogs", 3);

        assertThatThrownBy(() -> replace(mongo, new Unchecked(source(mongo, from), List.of(TWIN))))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("the unique index 'name_1' of 'dogs' cannot be built: the documents")
                .hasMessageContaining("{\"_id\": 1} and {\"_id\": 2} have the same {\"name\": \"same\"}");

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void duplicateKeysAreOmittedAndReportedOnRequest(TestMongo mongo) {
        MongoDatabase from = withDuplicates(mongo);
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = replace(mongo, new Unchecked(source(mongo, from), List.of(TWIN)));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2);
        assertThat(report.documents()).isEqualTo(2);
        assertTwinIsLeftOut(report);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void duplicateKeysOfASmallCollectionAreOmittedAndReported(TestMongo mongo) {
        MongoDatabase from = withDuplicates(mongo);
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = replace(mongo, new ChangedBatches(source(mongo, from), StagedDatabaseTests::withTwin));

        assertThat(mongo.database().getCollection("dogs").find())
                .extracting(dog -> dog.getInteger("_id"))
                .containsExactlyInAnyOrder(1, 3);
        assertTwinIsLeftOut(report);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void documentsOutsideAPartialIndexAreKept(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        from.getCollection("dogs")
                .createIndex(
                        Indexes.ascending("name"),
                        new IndexOptions().unique(true).partialFilterExpression(new Document("active", true)));
        from.getCollection("dogs")
                .insertMany(List.of(
                        new Document("_id", 0).append("name", "same").append("active", false),
                        new Document("_id", 1).append("name", "same").append("active", true),
                        new Document("_id", 3).append("name", "same")));
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = replace(mongo, new Unchecked(source(mongo, from), List.of(TWIN)));

        assertThat(mongo.database().getCollection("dogs").find())
                .extracting(dog -> dog.getInteger("_id"))
                .containsExactlyInAnyOrder(0, 1, 3);
        assertTwinIsLeftOut(report);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void omittedDocumentsOfAllCollectionsAreReported(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        List<String> names = List.of("cats", "dogs");
        names.forEach(name ->
                from.getCollection(name).createIndex(Indexes.ascending("name"), new IndexOptions().unique(true)));
        List<RawBsonDocument> twins = IntStream.range(0, 503)
                .mapToObj(i -> RawBsonDocument.parse("{_id: " + i + ", name: 'same'}"))
                .toList();
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = replace(mongo, new Unchecked(source(mongo, from), twins));

        assertThat(report.leftOut()).hasSize(1_004);
        assertThat(names)
                .allSatisfy(
                        name -> assertThat(mongo.database().getCollection(name).countDocuments())
                                .isOne());
    }

    @Test
    @MongoTest
    void ifTheJournalIsGoneNothingIsReplaced(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 10);
        fill(mongo.database(), "dogs", 3);
        TransferSource removing = sink -> {
            source(mongo, from).transferTo(sink);
            mongo.database().getCollection("monarch.journal").drop();
        };

        assertThatThrownBy(() -> replace(mongo, removing))
                .isInstanceOf(MongoException.class)
                .hasMessageContaining("'monarch.journal' is gone");
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest
    void writesOfOthersDuringALoadAreNotLost(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 10);
        fill(mongo.database(), "dogs", 3);
        TransferSource writing = sink -> {
            source(mongo, from).transferTo(sink);
            mongo.database().getCollection("dogs").insertOne(new Document("_id", 4711));
        };

        assertThatThrownBy(() -> replace(mongo, writing))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("would be lost: 'dogs' was written to");
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(4);
        assertNothingIsLeft(mongo.database());

        replacement = new StagingRequest.Replacement(true, HISTORY, Option.ACCEPT_LOST_WRITES);
        mongo.database().getCollection("dogs").deleteOne(new Document("_id", 4711));
        replace(mongo, writing);
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aTimeSeriesIsReplacedOnlyOnRequest(TestMongo mongo) throws Exception {
        replaceByFixture(mongo, "mongodb-5.0/kennel_fixture.archive.gz");

        assertThatThrownBy(() -> replaceByFixture(mongo, "mongodb-5.0/kennel_fixture.archive.gz"))
                .isInstanceOf(OperationRefusedException.class)
                .hasMessageContaining("the time series 'weather' exists");

        replacement = new StagingRequest.Replacement(true, HISTORY, Option.REPLACE_TIME_SERIES);
        fixtures(mongo).getCollection("weather").drop();
        fixtures(mongo)
                .createCollection(
                        "weather", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("other")));
        replaceByFixture(mongo, "mongodb-5.0/kennel_fixture.archive.gz");
        FixtureTruth.of("mongodb-5.0").isIn(fixtures(mongo));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aLoadInPlaceHasTheSameResult(TestMongo mongo) throws Exception {
        replacement = new StagingRequest.Replacement(true, HISTORY, Option.REPLACE_TIME_SERIES, Option.IN_PLACE);
        fill(fixtures(mongo), "stale", 3);

        replaceByFixture(mongo, "mongodb-5.0/kennel_fixture.archive.gz");

        FixtureTruth.of("mongodb-5.0").isIn(fixtures(mongo));
        assertNothingIsLeft(fixtures(mongo));
    }

    @Test
    @MongoTest
    void anInterruptLeavesTheTargetUnchanged(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 10);
        fill(mongo.database(), "dogs", 3);
        TransferSource interrupted = sink -> {
            source(mongo, from).transferTo(sink);
            Thread.currentThread().interrupt();
        };

        assertThatThrownBy(() -> replace(mongo, interrupted)).isInstanceOf(MongoInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    /** Short enough for the longest names of the fixtures. */
    private final String shortName = "k" + Long.toString(System.nanoTime(), 36);

    private MongoDatabase fixtures(TestMongo mongo) {
        mongo.uri(shortName);
        return mongo.client().getDatabase(shortName);
    }

    private void replaceByFixture(TestMongo mongo, String fixture) throws IOException {
        try (ArchiveSource source =
                ArchiveSource.open(new ByteArrayInputStream(Fixture.bytes(fixture)), CollectionSelection.ALL)) {
            replace(
                    mongo,
                    MonarchEnvironment.using(
                            "kennel",
                            Protection.DEFAULT,
                            mongo.client(),
                            fixtures(mongo).getName()),
                    source);
        }
    }

    private LoadReport replace(TestMongo mongo, TransferSource source) {
        return replace(
                mongo,
                MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName()),
                source);
    }

    private LoadReport replace(TestMongo mongo, MonarchEnvironment target, TransferSource source) {
        StagingRequest request = new StagingRequest(
                "restore into",
                replacement,
                LoadOptions.DEFAULT.withOnDuplicate(onDuplicate).withVerification(Verification.FULL),
                StagingRequest.DEFAULT_RENAME_LIMIT);
        try (HeldLock lock = new EnvironmentLock(target, LockSettings.DEFAULT).acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request), lock, null, -1)) {
            source.transferTo(staged);
            LoadReport report = staged.load();
            staged.swap();
            return report;
        }
    }

    static void assertNothingIsLeft(MongoDatabase database) {
        assertThat(database.listCollectionNames().into(new ArrayList<>()))
                .noneMatch(name -> name.startsWith("monarch.stage."));
        assertThat(database.getCollection("monarch.journal").countDocuments()).isZero();
    }

    static MongoDatabase other(TestMongo mongo) {
        String name = mongo.databaseName() + "_from";
        mongo.uri(name);
        return mongo.client().getDatabase(name);
    }

    static TransferSource source(TestMongo mongo, MongoDatabase from) {
        MonarchEnvironment environment =
                MonarchEnvironment.using("from", Protection.DEFAULT, mongo.client(), from.getName());
        return DatabaseSource.open(
                environment,
                new ReadOptions(
                        "copy", CollectionSelection.ALL, Consistency.BEST, TransferPace.of(Pace.FULL), HISTORY));
    }

    static void fill(MongoDatabase database, String collection, int count) {
        database.getCollection(collection)
                .insertMany(IntStream.range(0, count)
                        .mapToObj(i -> new Document("_id", i).append("name", "Rex" + i))
                        .toList());
    }

    private static MongoDatabase withDuplicates(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        from.getCollection("dogs").createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        from.getCollection("dogs")
                .insertMany(List.of(
                        new Document("_id", 1).append("name", "same"), new Document("_id", 3).append("name", "other")));
        return from;
    }

    private static void assertTwinIsLeftOut(LoadReport report) {
        assertThat(report.leftOut()).singleElement().satisfies(document -> {
            assertThat(document.collection()).isEqualTo("dogs");
            assertThat(document.id()).isEqualTo("2");
        });
    }

    /** Adds a duplicate to the only batch, which is loaded into existing indexes. */
    private static DocumentBatch withTwin(DocumentBatch batch) {
        byte[] all = Arrays.copyOf(batch.bytes(), batch.length() + TWIN.getByteLength());
        System.arraycopy(TWIN.getBackingArray(), 0, all, batch.length(), TWIN.getByteLength());
        return new DocumentBatch(all, all.length, batch.documents() + 1);
    }

    /** Adds documents that violate the unique index of the source. */
    private record Unchecked(TransferSource source, List<RawBsonDocument> documents) implements TransferSource {

        @Override
        public void transferTo(TransferSink sink) {
            source.transferTo(new TransferSink() {

                @Override
                public void begin(Catalogue catalogue) {
                    sink.begin(catalogue);
                }

                @Override
                public CollectionSink collection(CollectionDescription collection) {
                    CollectionSink to = sink.collection(collection);
                    for (RawBsonDocument document : documents) {
                        to.documents(new DocumentBatch(document.getBackingArray(), document.getByteLength(), 1));
                    }
                    return to;
                }
            });
        }
    }
}
