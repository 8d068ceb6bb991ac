package dev.monarch.engine.staging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.TransferFailedException.DocumentFailure;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
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
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Unusual data is loaded completely and verified. */
class LoadTests {

    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    private boolean inPlace;

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000})
    @MongoTest
    void documentsWithTheirIdNotFirstOrAbsentPassFullVerification(int batch, TestMongo mongo) {
        TransferSource source = new GivenDocuments()
                .inBatchesOf(batch)
                .collection("late", List.of(), "{name: 'Rex', _id: 1}", "{name: 'Bello', _id: 2, age: 3}")
                .collection("none", List.of(), "{name: 'Rex'}", "{name: 'Rex'}", "{}");

        LoadReport report = load(mongo, source);

        assertThat(report.documents()).isEqualTo(5);
        assertThat(mongo.database().getCollection("late", BsonDocument.class).find())
                .containsExactlyInAnyOrder(
                        BsonDocument.parse("{_id: 1, name: 'Rex'}"),
                        BsonDocument.parse("{_id: 2, name: 'Bello', age: 3}"));
        assertThat(mongo.database().getCollection("none").find())
                .hasSize(3)
                .allSatisfy(document -> assertThat(document).containsKey("_id"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1_000})
    @MongoTest
    void theFirstOfTwoDocumentsWithOneIdIsKeptOnRequest(int batch, TestMongo mongo) {
        GivenDocuments source = new GivenDocuments()
                .inBatchesOf(batch)
                .collection(
                        "many",
                        List.of("{v: 2, name: 'n_1', key: {n: 1}}"),
                        "{_id: 1, n: 1}",
                        "{_id: 3, n: 'first'}",
                        "{_id: 3, n: 'second'}",
                        "{_id: 4, n: 4}");

        assertThatThrownBy(() -> load(mongo, source))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("the one with _id 3");

        onDuplicate = OnDuplicate.REPORT;
        LoadReport report = load(mongo, source);

        assertThat(ids(mongo, "many")).containsExactlyInAnyOrder(1, 3, 4);
        assertThat(report.documents()).isEqualTo(3);
        assertThat(report.leftOut()).singleElement().satisfies(document -> {
            assertThat(document.id()).isEqualTo("3");
            assertThat(document.message()).isEqualTo("an earlier document has the same _id");
        });
        if (batch > 2) {
            // Several batches are written at the same time.
            assertThat(mongo.database()
                            .getCollection("many")
                            .find(new Document("_id", 3))
                            .first())
                    .containsEntry("n", "first");
        }
    }

    @Test
    @MongoTest
    void aDocumentThatOnlyResemblesADuplicateIsKept(TestMongo mongo) {
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = load(
                mongo,
                new GivenDocuments()
                        .inBatchesOf(2)
                        .collection(
                                "dogs",
                                List.of("{v: 2, name: 'name_1', key: {name: 1}, unique: true}"),
                                "{_id: 1, name: 'Rex'}",
                                "{_id: 2, name: 'Bello'}",
                                "{_id: 3, name: 'Rex', age: 7}",
                                "{_id: 4, name: 'Bello'}",
                                "{_id: 5, name: 'Hasso'}"));

        assertThat(ids(mongo, "dogs")).containsExactlyInAnyOrder(1, 2, 5);
        assertThat(report.leftOut()).extracting(DocumentFailure::id).containsExactly("3", "4");
        assertThat(report.leftOut())
                .allSatisfy(document ->
                        assertThat(document.message()).isEqualTo("the unique index 'name_1' allows one such document"));
        StagedDatabaseTests.assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anArrayInAnArrayIsADifferentKeyThanTheArray(TestMongo mongo) {
        onDuplicate = OnDuplicate.REPORT;

        load(
                mongo,
                new GivenDocuments()
                        .inBatchesOf(2)
                        .collection(
                                "dogs",
                                List.of("{v: 2, name: 'tags_1', key: {tags: 1}, unique: true}"),
                                "{_id: 1, tags: ['a', 'b']}",
                                "{_id: 2, tags: [['a', 'b']]}",
                                "{_id: 3, tags: [['a', 'b'], 'c']}",
                                "{_id: 4, tags: []}",
                                "{_id: 5, tags: [[]]}",
                                "{_id: 6, tags: {$undefined: true}}",
                                "{_id: 7, tags: null}",
                                "{_id: 8}")
                        .collection(
                                "cats",
                                List.of("{v: 2, name: 'both', key: {'a.x': 1, 'a.y': 1}, unique: true}"),
                                "{_id: 1, a: [{x: 1, y: 1}, {x: 2, y: 2}]}",
                                "{_id: 2, a: [{x: 1, y: 2}]}",
                                "{_id: 3, a: [{x: 2, y: 2}]}"));

        // An empty array has the key undefined, and a missing field the key null: MongoDB manual, "Multikey Indexes".
        assertThat(ids(mongo, "dogs")).containsExactlyInAnyOrder(1, 2, 4, 5, 7);
        assertThat(ids(mongo, "cats")).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theMessageNamesTwoDocumentsThatHaveTheSameKey(TestMongo mongo) {
        assertThatThrownBy(() -> load(
                        mongo,
                        new GivenDocuments()
                                .inBatchesOf(2)
                                .collection(
                                        "dogs",
                                        List.of("{v: 2, name: 'tags_1', key: {tags: 1}, unique: true}"),
                                        "{_id: 1, tags: ['a', 'b']}",
                                        "{_id: 2, tags: [['a', 'b']]}",
                                        "{_id: 3, tags: [['a', 'b'], 'c']}")))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("the documents {\"_id\": 2} and {\"_id\": 3} have the same");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void duplicatesAreComparedWithTheCollationOfTheIndex(TestMongo mongo) {
        onDuplicate = OnDuplicate.REPORT;

        LoadReport report = load(
                mongo,
                new GivenDocuments()
                        .inBatchesOf(2)
                        .collection(
                                "dogs",
                                List.of("{v: 2, name: 'name_1', key: {name: 1}, unique: true, sparse: true,"
                                        + " collation: {locale: 'en', strength: 2}}"),
                                "{_id: 1, name: 'Rex'}",
                                "{_id: 2, name: 'Réx'}",
                                "{_id: 3, name: 'REX'}",
                                "{_id: 4, name: ['x', 'rex']}",
                                "{_id: 5}",
                                "{_id: 6}"));

        assertThat(ids(mongo, "dogs")).containsExactlyInAnyOrder(1, 2, 5, 6);
        assertThat(report.leftOut()).extracting(DocumentFailure::id).containsExactly("3", "4");
    }

    @Test
    @MongoTest
    void tooManyDuplicatesFailTheLoad(TestMongo mongo) {
        onDuplicate = OnDuplicate.REPORT;
        List<RawBsonDocument> same = IntStream.range(0, 1_002)
                .mapToObj(i -> RawBsonDocument.parse("{_id: " + i + ", name: 'same'}"))
                .toList();

        assertThatThrownBy(() -> load(
                        mongo,
                        new GivenDocuments()
                                .inBatchesOf(100)
                                .collection(
                                        "dogs",
                                        "{}",
                                        List.of("{v: 2, name: 'name_1', key: {name: 1}, unique: true}"),
                                        same)))
                .isInstanceOf(TransferFailedException.class)
                .hasMessageContaining("more than 1000 documents would be left out");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @MongoTest
    void aTtlIndexHasNoEffectUntilTheSwap(boolean inPlace, TestMongo mongo) {
        this.inPlace = inPlace;
        AtomicReference<List<BsonDocument>> whileLoading = new AtomicReference<>();

        load(mongo, expired(), () -> whileLoading.set(indexes(mongo.database(), staging(mongo))));

        assertThat(whileLoading.get())
                .anySatisfy(
                        index -> assertThat(index.getString("name").getValue()).isEqualTo("at_1"))
                .noneMatch(index -> index.containsKey("expireAfterSeconds"));
        assertThat(indexes(mongo.database(), "sessions"))
                .filteredOn(index -> index.containsKey("expireAfterSeconds"))
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.getString("name").getValue()).isEqualTo("at_1");
                    assertThat(index.getNumber("expireAfterSeconds").intValue()).isEqualTo(86_400);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void expiredDocumentsAreCountedInTheReport(boolean inPlace, TestMongo mongo) {
        this.inPlace = inPlace;

        LoadReport report = load(mongo, expired(), () -> {
            awaitTwoPasses(mongo);
            assertThat(mongo.database().getCollection(staging(mongo)).countDocuments())
                    .isEqualTo(2_000);
        });

        assertThat(report.documents()).isEqualTo(2_000);
        await().until(() -> mongo.database().getCollection("sessions").countDocuments() == 0);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true)
    void oldMeasurementsOfATimeSeriesExpireAfterTheSwap(TestMongo mongo) {
        RawBsonDocument bucket = bucket(mongo);

        LoadReport report = load(
                mongo,
                new GivenDocuments()
                        .collection(
                                "weather",
                                "{timeseries: {timeField: 'at', granularity: 'seconds', bucketMaxSpanSeconds: 3600},"
                                        + " expireAfterSeconds: {$numberLong: '3600'}}",
                                List.of(),
                                List.of(bucket)),
                () -> {
                    awaitTwoPasses(mongo);
                    assertThat(mongo.database().getCollection(staging(mongo)).countDocuments())
                            .isOne();
                });

        assertThat(report.documents()).isOne();
        assertThat(mongo.database().listCollections(BsonDocument.class))
                .filteredOn(listed -> listed.getString("name").getValue().equals("weather"))
                .singleElement()
                .satisfies(listed -> assertThat(listed.getDocument("options")
                                .getNumber("expireAfterSeconds")
                                .longValue())
                        .isEqualTo(3_600));
        await().until(() -> mongo.database().getCollection("weather").countDocuments() == 0);
    }

    @Test
    @MongoTest
    void expiredDocumentsAreCountedInThePlan(TestMongo mongo) {
        mongo.database()
                .getCollection("sessions", BsonDocument.class)
                .insertMany(List.of(
                        BsonDocument.parse("{_id: 1, at: {$date: '2020-01-01T00:00:00Z'}}"),
                        BsonDocument.parse("{_id: 2, at: {$date: '2020-01-01T00:00:00Z'}, kept: true}"),
                        BsonDocument.parse("{_id: 3, at: 'never'}"),
                        BsonDocument.parse("{_id: 4}"),
                        new BsonDocument("_id", new BsonInt32(5))
                                .append("at", new BsonDateTime(System.currentTimeMillis()))));

        assertThat(expired(mongo, "{name: 'at_1', key: {at: 1}, expireAfterSeconds: 3600}"))
                .isEqualTo(2);
        assertThat(expired(
                        mongo,
                        "{name: 'at_1', key: {at: 1}, expireAfterSeconds: {$numberLong: '4611686018427387904'}}"))
                .isZero();
        assertThat(expired(
                        mongo,
                        "{name: 'at_1', key: {at: 1}, expireAfterSeconds: 0, partialFilterExpression: {kept: true}}"))
                .isEqualTo(1);
    }

    /** The server deletes by its own clock, which this test sets to another year. */
    @Test
    @MongoTest
    void theClockOfTheServerDecidesWhatHasExpired(TestMongo mongo) {
        mongo.database()
                .getCollection("sessions", BsonDocument.class)
                .insertMany(List.of(
                        BsonDocument.parse("{_id: 1, at: {$date: '2000-01-01T00:00:00Z'}}"),
                        BsonDocument.parse("{_id: 2, at: {$date: '2020-01-01T00:00:00Z'}}")));
        BsonDateTime year2001 =
                new BsonDateTime(Instant.parse("2001-01-01T00:00:00Z").toEpochMilli());
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            List.of("hello", "isMaster")
                    .forEach(greeting -> line.amend(
                            greeting,
                            answer -> answer.containsKey("localTime") ? answer.append("localTime", year2001) : answer));

            assertThat(expired(
                            client.getDatabase(mongo.databaseName()),
                            "{name: 'at_1', key: {at: 1}, expireAfterSeconds: 3600}"))
                    .isEqualTo(1);
        }
    }

    private static long expired(TestMongo mongo, String index) {
        return expired(mongo.database(), index);
    }

    private static long expired(MongoDatabase database, String index) {
        CollectionDescription sessions = new CollectionDescription(
                "sessions", CollectionType.COLLECTION, new BsonDocument(), List.of(BsonDocument.parse(index)), null);
        return TimeToLive.of(sessions).get(0).expired(database, "sessions");
    }

    /** The bucket of an old measurement. */
    private static RawBsonDocument bucket(TestMongo mongo) {
        MongoDatabase from = StagedDatabaseTests.other(mongo);
        from.runCommand(Document.parse("{create: 'weather', timeseries: {timeField: 'at'}}"));
        from.getCollection("weather").insertOne(Document.parse("{at: {$date: '2020-01-01T00:00:00Z'}, degrees: 7}"));
        return from.getCollection("system.buckets.weather", RawBsonDocument.class)
                .find()
                .first();
    }

    private static GivenDocuments expired() {
        return new GivenDocuments()
                .inBatchesOf(500)
                .collection(
                        "sessions",
                        "{}",
                        List.of("{v: 2, name: 'at_1', key: {at: 1}, expireAfterSeconds: 86400}"),
                        IntStream.range(0, 2_000)
                                .mapToObj(i ->
                                        RawBsonDocument.parse("{_id: " + i + ", at: {$date: '0001-01-01T00:00:00Z'}}"))
                                .toList());
    }

    /** One may have begun before. */
    private static void awaitTwoPasses(TestMongo mongo) {
        long before = passes(mongo);
        await().until(() -> passes(mongo) >= before + 2);
    }

    private static long passes(TestMongo mongo) {
        Document status = mongo.client().getDatabase("admin").runCommand(new Document("serverStatus", 1));
        return status.getEmbedded(List.of("metrics", "ttl", "passes"), Number.class)
                .longValue();
    }

    private String staging(TestMongo mongo) {
        return inPlace
                ? "sessions"
                : mongo.database().listCollectionNames().into(new ArrayList<>()).stream()
                        .filter(name -> name.startsWith("monarch.stage."))
                        .findFirst()
                        .orElseThrow();
    }

    private static List<BsonDocument> indexes(MongoDatabase database, String collection) {
        return database.getCollection(collection)
                .listIndexes(BsonDocument.class)
                .into(new ArrayList<>());
    }

    @Test
    @MongoTest
    void anIndexThatIsMissingAtTheEndIsDetected(TestMongo mongo) {
        MongoCollection<Document> dogs = mongo.database().getCollection("dogs");
        dogs.createIndex(new Document("name", 1));
        dogs.createIndex(new Document("age", 1), new IndexOptions().name("other"));
        List<BsonDocument> expected = List.of(
                BsonDocument.parse("{name: 'name_1', key: {name: 1.0}}"),
                BsonDocument.parse("{name: 'other', key: {age: -1}}"),
                BsonDocument.parse("{name: 'absent', key: {x: 1}}"));

        IndexComparison comparison = IndexComparison.of(mongo.database(), "dogs", expected);

        assertThat(comparison.missing()).containsExactly("other", "absent");
        assertThat(comparison.building()).isEmpty();
        assertThat(comparison.describe()).isEqualTo("the indexes 'other', 'absent'");
        assertThat(IndexComparison.of(mongo.database(), "cats", expected).missing())
                .hasSize(3);
        assertThat(IndexComparison.of(mongo.database(), "dogs", expected.subList(0, 1))
                        .isComplete())
                .isTrue();
    }

    /** The source held more documents than fit here, because padding and record sizes differ. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @MongoTest(topology = Topology.REPLICA_SET)
    void aCappedCollectionMayDropItsOldestDocuments(boolean inPlace, TestMongo mongo) {
        this.inPlace = inPlace;
        List<RawBsonDocument> documents = IntStream.range(0, 5)
                .mapToObj(id -> RawBsonDocument.parse("{_id: " + id + "}"))
                .toList();

        LoadReport report = load(
                mongo,
                new GivenDocuments()
                        .inBatchesOf(2)
                        .collection("log", "{capped: true, size: 4096, max: 3}", List.of(), documents));

        assertThat(report.documents()).isEqualTo(5);
        assertThat(ids(mongo, "log")).containsExactly(2, 3, 4);
    }

    private static List<Integer> ids(TestMongo mongo, String collection) {
        return mongo.database()
                .getCollection(collection)
                .find()
                .map(document -> document.getInteger("_id"))
                .into(new ArrayList<>());
    }

    private LoadReport load(TestMongo mongo, TransferSource source) {
        return load(mongo, source, () -> {});
    }

    private LoadReport load(TestMongo mongo, TransferSource source, Runnable beforeTheSwap) {
        MonarchEnvironment target =
                MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        StagingRequest request = new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(
                        true,
                        Set.of(),
                        "monarch.history",
                        inPlace
                                ? Set.of(Option.ACCEPT_LOST_WRITES, Option.IN_PLACE)
                                : Set.of(Option.ACCEPT_LOST_WRITES)),
                LoadOptions.DEFAULT.withOnDuplicate(onDuplicate).withVerification(Verification.FULL),
                StagingRequest.DEFAULT_RENAME_LIMIT);
        try (HeldLock lock = new EnvironmentLock(target, LockSettings.DEFAULT).acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request), lock, null, -1)) {
            source.transferTo(staged);
            LoadReport report = staged.load();
            beforeTheSwap.run();
            staged.swap();
            return report;
        }
    }
}
