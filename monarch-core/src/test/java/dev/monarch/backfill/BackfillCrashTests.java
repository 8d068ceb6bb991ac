package dev.monarch.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.backfill.BackfillProcess.CountedReplacement;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.environment.LockSettings;
import dev.monarch.kennel.RandomKills;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that are killed or paused in a backfill, and a primary that steps down, while others write. */
@Execution(ExecutionMode.CONCURRENT)
class BackfillCrashTests {

    private static final int DOGS = 12_000;

    /** A backfill does not end before its documents are no longer inserted. */
    private static final int MOST_INSERTED = 300;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void killedAtAnyMomentItChangesEveryDocumentOnceAndLosesNoWrite(TestMongo mongo) {
        insertDogs(mongo, DOGS);
        Random random = new Random(RandomKills.seed().hashCode());
        System.out.println("Kills of a backfill: " + RandomKills.KILLS + ", " + RandomKills.seed());
        TestProcess running = process(mongo);
        try (Writers writers = new Writers(mongo)) {
            for (int kill = 1; kill <= RandomKills.KILLS; kill++) {
                // It waits for the lock.
                TestProcess next = process(mongo);
                int more = random.nextInt(DOGS / RandomKills.KILLS / 2) + 1;
                long target = done(mongo) + more;
                await().atMost(PATIENCE).until(() -> done(mongo) >= target);
                running.kill();
                running = next;
            }
            assertThat(isDone(mongo)).as("done before the last kill").isFalse();
            running.awaitLine("ENDED DONE"::equals, PATIENCE);
            writers.stop();
            assertThatNothingIsLost(mongo, writers);
        } finally {
            running.close();
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aPausedProcessThatIsReplacedWritesNothingMore(TestMongo mongo) {
        insertDogs(mongo, DOGS);
        try (TestProcess paused = process(mongo);
                Writers writers = new Writers(mongo)) {
            await().atMost(PATIENCE).until(() -> done(mongo) > 0);
            paused.pause();
            BackfillStatus status =
                    TestBackfills.of(mongo, new CountedReplacement()).run(ID);
            assertThat(status.state()).isEqualTo(State.DONE);
            paused.resume();
            paused.awaitLine(line -> line.startsWith("LOST"), PATIENCE);
            writers.stop();
            assertThatNothingIsLost(mongo, writers);
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void itContinuesWithTheNextPrimary(TestMongo mongo) {
        insertDogs(mongo, 3000);
        AtomicBoolean steppedDown = new AtomicBoolean();
        BackfillStatus status = TestBackfills.of(
                        TestBackfills.environment(mongo),
                        new DocumentBackfill() {
                            @Override
                            public BackfillSource source() {
                                return new CountedReplacement().source();
                            }

                            @Override
                            public Change change(RawBsonDocument dog) {
                                if (dog.getInt32("_id").getValue() == 1000 && steppedDown.compareAndSet(false, true)) {
                                    mongo.stepDown(Duration.ofSeconds(2));
                                }
                                return new CountedReplacement().change(dog);
                            }
                        },
                        new BackfillSettings(
                                "monarch.history",
                                "default",
                                new LockSettings(
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(500)),
                                new Rate(1.0, null),
                                false,
                                1000))
                .run(ID);

        assertThat(status.state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.eq("changes", 1))).isEqualTo(3000);
    }

    private static void assertThatNothingIsLost(TestMongo mongo, Writers writers) {
        MongoCollection<BsonDocument> dogs = dogs(mongo);
        assertThat(dogs.countDocuments()).isEqualTo(DOGS + writers.inserted.get());
        assertThat(dogs.countDocuments(Filters.and(Filters.eq("changes", 1), Filters.lte("_id", DOGS))))
                .as("documents that were there and were changed once")
                .isEqualTo(DOGS);
        assertThat(dogs.countDocuments(Filters.gt("changes", 1)))
                .as("documents that were changed twice")
                .isZero();
        assertThat(dogs.countDocuments(Filters.and(Filters.eq("changes", 1), Filters.type("_id", "objectId"))))
                .as("documents that were inserted meanwhile and changed")
                .isPositive();
        assertThat(dogs.aggregate(List.of(Aggregates.group(null, Accumulators.sum("visits", "$visits"))))
                        .first())
                .isEqualTo(BsonDocument.parse("{_id: null, visits: " + writers.visits.get() + "}"));
    }

    private static TestProcess process(TestMongo mongo) {
        return TestProcess.java(BackfillProcess.class, mongo.uri(), mongo.databaseName());
    }

    private static long done(TestMongo mongo) {
        return TestBackfills.of(mongo, new CountedReplacement())
                .status(ID)
                .progress()
                .done();
    }

    private static boolean isDone(TestMongo mongo) {
        return TestBackfills.of(mongo, new CountedReplacement()).status(ID).state() == State.DONE;
    }

    /** Old instances of an application. They count visits, and insert dogs in the old form. */
    private static final class Writers implements AutoCloseable {

        private final AtomicLong visits = new AtomicLong();

        private final AtomicLong inserted = new AtomicLong();

        private final AtomicBoolean stopped = new AtomicBoolean();

        private final List<CompletableFuture<Void>> running = new ArrayList<>();

        private Writers(TestMongo mongo) {
            for (int i = 0; i < 2; i++) {
                int number = i;
                running.add(CompletableFuture.runAsync(() -> write(dogs(mongo), new Random(number))));
            }
        }

        private void write(MongoCollection<BsonDocument> dogs, Random random) {
            while (!stopped.get()) {
                int id = random.nextInt(DOGS) + 1;
                if (dogs.updateOne(Filters.eq("_id", id), Updates.inc("visits", 1))
                                .getMatchedCount()
                        == 1) {
                    visits.incrementAndGet();
                }
                if (id % 20 == 0 && inserted.get() < MOST_INSERTED) {
                    BsonDocument dog = new BsonDocument("grams", new BsonInt32(1000));
                    dogs.insertOne(dog.append(
                            "_id",
                            id % 40 == 0 ? new BsonObjectId() : new BsonString("dog " + System.nanoTime() + id)));
                    inserted.incrementAndGet();
                }
            }
        }

        void stop() {
            stopped.set(true);
            running.forEach(CompletableFuture::join);
        }

        @Override
        public void close() {
            stopped.set(true);
        }
    }
}
