package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException.DocumentFailure;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** If the answer to a write is lost, no document is missing afterwards, and none is duplicated. */
class LostAnswerTests {

    private static final List<RawBsonDocument> DOGS = IntStream.range(0, 10)
            .mapToObj(i -> RawBsonDocument.parse("{_id: " + i + ", name: 'dog'}"))
            .toList();

    private final DocumentFailures failures = new DocumentFailures();

    @Test
    @MongoTest
    void unorderedDocumentsAreWrittenOnceIfAnAnswerIsLost(TestMongo mongo) {
        assertThat(insert(mongo, false, 2)).isEqualTo(10);

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(failures.count()).isZero();
    }

    @Test
    @MongoTest
    void orderedDocumentsAreWrittenOnceIfAnAnswerIsLost(TestMongo mongo) {
        if (mongo.isReal()) {
            mongo.database()
                    .createCollection(
                            "dogs", new CreateCollectionOptions().capped(true).sizeInBytes(100_000));
        }
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 100));

        assertThat(insert(mongo, true, 1)).isEqualTo(10);

        assertThat(mongo.database().getCollection("dogs").find().map(dog -> dog.getInteger("_id")))
                .containsExactly(100, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(failures.count()).isZero();
    }

    @Test
    @MongoTest
    void aRefusedDocumentDoesNotStopAnOrderedInsert(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 4));

        assertThat(insert(mongo, true, 0)).isEqualTo(9);

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(failures.kept()).extracting(DocumentFailure::id).containsExactly("4");
    }

    @Test
    @MongoTest
    void aDocumentThatExistedBeforeIsStillRefused(TestMongo mongo) {
        mongo.database().getCollection("dogs").createIndex(new Document("name", 1), new IndexOptions().unique(true));

        assertThat(insert(mongo, false, 1)).isEqualTo(1);

        assertThat(failures.count()).isEqualTo(9);
    }

    @Test
    @MongoTest
    void documentsAreWrittenOnceIfTheReplicaSetDoesNotConfirm(TestMongo mongo) {
        try (FaultyLine line = failing(mongo, "insert", 2, Fault.writeConcernError(91, "ShutdownInProgress"));
                MongoClient client = MongoClients.create(line.uri())) {
            assertThat(new BatchInserter(client.getDatabase(mongo.databaseName()), failures)
                            .insert("dogs", "dogs", DOGS, false))
                    .isEqualTo(10);

            assertThat(line.left()).isZero();
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(failures.count()).isZero();
    }

    @Test
    @MongoTest
    void aSecondDocumentWithTheSameIdIsStillRefused(TestMongo mongo) {
        List<RawBsonDocument> documents = new ArrayList<>(DOGS);
        documents.add(RawBsonDocument.parse("{_id: 3, name: 'cat'}"));
        documents.add(DOGS.get(4));

        assertThat(insert(mongo, documents, false, "insert", 1)).isEqualTo(10);

        assertThat(failures.kept()).extracting(DocumentFailure::id).containsExactlyInAnyOrder("3", "4");
        assertThat(mongo.database()
                        .getCollection("dogs")
                        .find(new Document("_id", 3))
                        .first())
                .containsEntry("name", "dog");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aZeroTimestampIsWrittenOnceIfAnAnswerIsLost(TestMongo mongo) {
        RawBsonDocument dog = RawBsonDocument.parse("{_id: 1, at: {$timestamp: {t: 0, i: 0}}}");

        int written = insert(mongo, List.of(dog), true, "update", 2);

        assertThat(written).isOne();
        assertThat(mongo.database().getCollection("dogs", RawBsonDocument.class).find())
                .containsExactly(dog);
        assertThat(failures.count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create",
                "insert",
                "createIndexes",
                "listCollections",
                "aggregate",
                "find",
                "update",
                "renameCollection",
                "drop",
                "delete",
                "findAndModify"
            })
    @MongoTest(topology = Topology.REPLICA_SET)
    void aRestoreSucceedsWhicheverAnswerIsLost(String command, TestMongo mongo) {
        MongoDatabase from = StagedDatabaseTests.other(mongo);
        StagedDatabaseTests.fill(from, "dogs", 300);
        from.getCollection("dogs").createIndex(Indexes.ascending("name"));
        from.createCollection("log", new CreateCollectionOptions().capped(true).sizeInBytes(100_000));
        StagedDatabaseTests.fill(from, "log", 10);
        StagedDatabaseTests.fill(mongo.database(), "dogs", 3);
        StagedDatabaseTests.fill(mongo.database(), "stale", 3);

        try (FaultyLine line = failing(mongo, command, 1, new Fault.LostAnswer());
                MongoClient client = MongoClients.create(line.uri())) {
            StepDownTests.replace(
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName()),
                    StagedDatabaseTests.source(mongo, from),
                    () -> {});

            assertThat(line.left()).isZero();
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(300);
        assertThat(mongo.database().getCollection("dogs").listIndexes()).hasSize(2);
        assertThat(mongo.database().getCollection("log").find().map(entry -> entry.getInteger("_id")))
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThat(mongo.database().listCollectionNames()).doesNotContain("stale");
        StagedDatabaseTests.assertNothingIsLeft(mongo.database());
    }

    private int insert(TestMongo mongo, boolean ordered, int lost) {
        return insert(mongo, DOGS, ordered, "insert", lost);
    }

    private int insert(TestMongo mongo, List<RawBsonDocument> documents, boolean ordered, String command, int lost) {
        try (FaultyLine line = failing(mongo, command, lost, new Fault.LostAnswer());
                MongoClient client = MongoClients.create(line.uri())) {
            BatchInserter inserter = new BatchInserter(client.getDatabase(mongo.databaseName()), failures);
            int written = inserter.insert("dogs", "dogs", documents, ordered);
            assertThat(line.left()).isZero();
            return written;
        }
    }

    private static FaultyLine failing(TestMongo mongo, String command, int times, Fault fault) {
        FaultyLine line = FaultyLine.to(mongo);
        line.fail(command, times, fault);
        return line;
    }
}
