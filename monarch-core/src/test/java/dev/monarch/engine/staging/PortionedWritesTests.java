package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import dev.monarch.TransferFailedException.DocumentFailure;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/** The inserts at a gentle pace, of which only the first one, and the last one of a batch, wait for a majority. */
@MongoTest(topology = Topology.REPLICA_SET)
class PortionedWritesTests {

    /** More than two portions of 144 KB. */
    static final int DOGS = 40;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final String TEXT = "x".repeat(10_000);

    private final DocumentFailures failures = new DocumentFailures();

    /** Returns {@value #DOGS} documents, of which this is the first {@code _id}. */
    static List<RawBsonDocument> batch(int first) {
        return IntStream.range(first, first + DOGS)
                .mapToObj(i -> RawBsonDocument.parse("{_id: " + i + ", text: '" + TEXT + "'}"))
                .toList();
    }

    private PortionedWrites writes(MongoClient client, TestMongo mongo) {
        return writes(client, mongo, failures);
    }

    static PortionedWrites writes(MongoClient client, TestMongo mongo, DocumentFailures failures) {
        return writes(client, mongo, failures, TransferPace.of(Pace.GENTLE));
    }

    private static PortionedWrites writes(
            MongoClient client, TestMongo mongo, DocumentFailures failures, TransferPace pace) {
        return new PortionedWrites(
                new BatchInserter(client.getDatabase(mongo.databaseName()), failures), pace, "dogs", "dogs");
    }

    private static List<BsonDocument> concerns(FaultyLine line) {
        return line.commands().stream()
                .filter(command -> command.getFirstKey().equals("insert"))
                .map(command -> command.getDocument("writeConcern"))
                .toList();
    }

    @Test
    void onlyTheLastPortionOfABatchWaitsForAMajority(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            PortionedWrites writes = writes(client, mongo);
            writes.write(batch(0));
            assertThat(writes.write(batch(DOGS))).isEqualTo(DOGS);

            BsonDocument one = BsonDocument.parse("{w: 1}");
            BsonDocument majority = BsonDocument.parse("{w: 'majority'}");
            assertThat(concerns(line))
                    .as("the first reply shows that the server names its elections")
                    .containsExactly(majority, one, majority, one, one, majority);
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2 * DOGS);
    }

    @Test
    void anotherInsertRunsWhileTheLastOfABatchWaitsForAMajority(TestMongo mongo) {
        TransferPace pace = TransferPace.of(Pace.GENTLE);
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri());
                TransferPace.Observation observed = pace.observe(
                        KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()), true)) {
            observed.start();
            PortionedWrites writes = writes(client, mongo, failures, pace);
            writes.write(batch(0));
            CountDownLatch lastWaits = new CountDownLatch(1);
            CountDownLatch others = new CountDownLatch(1);
            AtomicInteger inserts = new AtomicInteger();
            line.amend("insert", reply -> {
                if (inserts.incrementAndGet() == 3) {
                    lastWaits.countDown();
                    awaitOrFail(others);
                }
                return reply;
            });

            CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> writes.write(batch(DOGS)));
            awaitOrFail(lastWaits);
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> writes.write(batch(2 * DOGS)));

            assertThat(second).succeedsWithin(TIMEOUT).isEqualTo(DOGS);
            assertThat(first).as("the first batch still waits").isNotDone();
            others.countDown();
            assertThat(first).succeedsWithin(TIMEOUT).isEqualTo(DOGS);
        }
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyPortionWaitsForAMajorityIfTheServerNamesNoElection(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.amend("insert", reply -> {
                reply.remove("electionId");
                return reply;
            });
            PortionedWrites writes = writes(client, mongo);
            writes.write(batch(0));
            writes.write(batch(DOGS));

            assertThat(concerns(line)).hasSize(6).containsOnly(BsonDocument.parse("{w: 'majority'}"));
        }
    }

    @Test
    void aBatchIsWrittenAgainIfAnotherPrimaryLacksItsFirstPortion(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            PortionedWrites writes = writes(client, mongo);
            writes.write(batch(0));
            loseWhatIsWritten(line, mongo);

            assertThat(writes.write(batch(DOGS))).isEqualTo(DOGS);
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2 * DOGS);
        assertThat(failures.count()).isZero();
    }

    /** The next primary lacks the first portion of the second batch. */
    private static void loseWhatIsWritten(FaultyLine line, TestMongo mongo) {
        AtomicInteger inserts = new AtomicInteger();
        ObjectId next = new ObjectId();
        line.amend("insert", reply -> {
            if (inserts.incrementAndGet() == 1) {
                mongo.database().getCollection("dogs").deleteMany(Filters.gte("_id", DOGS));
                return reply;
            }
            return reply.append("electionId", new BsonObjectId(next));
        });
    }

    @Test
    void aBatchIsWrittenAgainAfterAFailedAttempt(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            PortionedWrites writes = writes(client, mongo);
            writes.write(batch(0));
            line.fail("insert", 1, new Fault.LostAnswer());

            assertThat(writes.write(batch(DOGS))).isEqualTo(DOGS);

            assertThat(line.left()).isZero();
            // Three portions, the repeated one, and all again.
            assertThat(concerns(line)).hasSize(3 + 4 + 3);
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2 * DOGS);
        assertThat(failures.count()).isZero();
    }

    @Test
    void aRejectedDocumentIsReportedOnceIfItsBatchIsWrittenAgain(TestMongo mongo) {
        List<RawBsonDocument> batch = new ArrayList<>(batch(DOGS));
        batch.add(RawBsonDocument.parse("{_id: 0, text: 'another'}"));
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            PortionedWrites writes = writes(client, mongo);
            writes.write(batch(0));
            loseWhatIsWritten(line, mongo);

            assertThat(writes.write(batch)).isEqualTo(DOGS);
        }
        assertThat(failures.kept()).extracting(DocumentFailure::id).containsExactly("0");
        assertThat(mongo.database()
                        .getCollection("dogs")
                        .find(new Document("_id", 0))
                        .first())
                .containsEntry("text", TEXT);
    }
}
