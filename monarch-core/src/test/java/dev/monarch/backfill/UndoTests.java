package dev.monarch.backfill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.UndoReport;
import dev.monarch.backfill.Backfills.UndoReport.LeftDocument;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static dev.monarch.backfill.TestBackfills.keeping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A backfill that keeps originals is undone. */
@Execution(ExecutionMode.CONCURRENT)
@MongoTest
class UndoTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static Map<BsonValue, BsonDocument> contents(MongoCollection<BsonDocument> collection) {
        Map<BsonValue, BsonDocument> contents =
                new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
        collection.find().forEach(document -> contents.put(document.get("_id"), document));
        return contents;
    }

    private static List<String> ownCollections(TestMongo mongo) {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> name.startsWith("monarch.originals."))
                .toList();
    }

    @Test
    void onlyDocumentsThatOthersHaveChangedSinceAreLeft(TestMongo mongo) {
        // The embedded server compares with each document of the collection.
        int number = mongo.isReal() ? 10_000 : 1_000;
        insertDogs(mongo, number);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        Backfills backfills = keeping(mongo, new WeightInKg());
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(backfills.originals(ID)).containsExactly(Map.entry("dogs", (long) number));
        List<BsonInt32> tenths = IntStream.rangeClosed(1, number / 10)
                .mapToObj(i -> new BsonInt32(i * 10))
                .toList();
        dogs(mongo).updateMany(Filters.in("_id", tenths), Updates.set("name", "of the application"));

        UndoReport report = backfills.undo(ID, Approval.confirmed());

        assertThat(report.complete()).isTrue();
        assertThat(report.undone()).isEqualTo(number - tenths.size());
        assertThat(report.left()).isEqualTo(tenths.size());
        assertThat(report.documents())
                .hasSize(100)
                .contains(new LeftDocument("dogs", new BsonInt32(10), "it was changed since"))
                .allSatisfy(left -> assertThat(tenths).contains((BsonInt32) left.document()));
        assertThat(backfills.originals(ID)).containsExactly(Map.entry("dogs", (long) tenths.size()));
        dogs(mongo).find().forEach(dog -> {
            BsonInt32 id = dog.getInt32("_id");
            if (tenths.contains(id)) {
                assertThat(dog).containsKeys("kg", "name");
            } else {
                assertThat(dog).isEqualTo(before.get(id));
            }
        });
        BackfillStatus status = backfills.status(ID);
        assertThat(status.state()).isEqualTo(State.UNDONE);
        assertThat(status.progress().share()).isEqualTo(1);
    }

    @Test
    void anUndoneBackfillRunsAgainOnlyWhenItIsResumed(TestMongo mongo) {
        insertDogs(mongo, 300);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        Backfills backfills = keeping(mongo, new WeightInKg());
        backfills.run(ID);
        assertThat(backfills.undo(ID, Approval.confirmed()).left()).isZero();
        assertThat(ownCollections(mongo))
                .as("removed, because nothing was left")
                .isEmpty();
        assertThat(contents(dogs(mongo))).isEqualTo(before);

        assertThat(backfills.run(ID).state()).isEqualTo(State.UNDONE);
        assertThat(contents(dogs(mongo))).isEqualTo(before);
        backfills.resume(ID);
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);

        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(300);
        assertThat(backfills.undo(ID, Approval.confirmed()).undone()).isEqualTo(300);
        assertThat(contents(dogs(mongo))).isEqualTo(before);
    }

    /** Changes in every way. */
    private static final class Everything implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("dogs", Filters.exists("done", false));
        }

        @Override
        public Change change(RawBsonDocument dog) {
            return switch (dog.getInt32("_id").getValue() % 5) {
                case 0 -> Change.delete();
                case 1 -> Change.replace(BsonDocument.parse("{new: 1, done: 1, nan: NaN}"));
                case 2 ->
                    Change.set("tags.1.name", "second")
                            .set("tags.4", "fifth")
                            .unset("tags.0")
                            .set("done", 1);
                case 3 -> Change.set("a.b.c", 1).set("done", 1).unset("grams");
                default -> Change.leave();
            };
        }
    }

    @Test
    void changesOfEveryKindAreUndone(TestMongo mongo) {
        insertDogs(mongo, 500);
        dogs(mongo)
                .updateMany(
                        new BsonDocument(),
                        Updates.combine(
                                Updates.set("tags", List.of("first", BsonDocument.parse("{name: 'x'}"))),
                                Updates.set("nan", Double.NaN)));
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        Backfills backfills = keeping(mongo, new Everything());
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);
        assertThat(contents(dogs(mongo))).isNotEqualTo(before);

        UndoReport report = backfills.undo(ID, Approval.confirmed());

        assertThat(report.documents()).isEmpty();
        assertThat(report.undone()).isEqualTo(400);
        assertThat(contents(dogs(mongo))).isEqualTo(before);
    }

    @Test
    void whatOthersHaveDeletedOrInsertedIsLeft(TestMongo mongo) {
        insertDogs(mongo, 20);
        dogs(mongo).createIndex(Indexes.ascending("grams"), new IndexOptions().unique(true));
        Backfills backfills = keeping(mongo, new Everything());
        backfills.run(ID);
        dogs(mongo).insertOne(BsonDocument.parse("{_id: 5, done: 1, grams: 1}"));
        dogs(mongo).insertOne(BsonDocument.parse("{_id: 'taker', done: 1, grams: 10000}"));
        dogs(mongo).deleteOne(Filters.eq("_id", 2));

        UndoReport report = backfills.undo(ID, Approval.confirmed());

        assertThat(report.documents())
                .extracting(LeftDocument::document)
                .containsExactly(new BsonInt32(2), new BsonInt32(5), new BsonInt32(10));
        assertThat(report.documents().get(0).reason()).isEqualTo("it was deleted since");
        assertThat(report.documents().get(1).reason()).isEqualTo("another document with its _id was inserted");
        assertThat(report.documents().get(2).reason()).contains("(11000)");
        assertThat(dogs(mongo).countDocuments()).isEqualTo(19);

        dogs(mongo).deleteOne(Filters.eq("_id", "taker"));
        UndoReport again = backfills.undo(ID, Approval.confirmed());
        assertThat(again.undone()).isEqualTo(1);
        assertThat(again.left()).isEqualTo(2);
        backfills.removeOriginals(ID, Approval.confirmed());
        assertThat(ownCollections(mongo)).isEmpty();
    }

    /** A document that the application wrote in the old form again becomes what the application wrote. */
    @Test
    void theWriteOfTheApplicationBetweenTwoPassesIsKept(TestMongo mongo) {
        insertDogs(mongo, 20);
        Backfills backfills = keeping(mongo, new WeightInKg());
        backfills.run(ID);
        BsonDocument old = BsonDocument.parse("{_id: 7, grams: 7500, name: 'of the application'}");
        dogs(mongo).replaceOne(Filters.eq("_id", 7), old);
        mongo.database().getCollection("monarch.history").deleteMany(new BsonDocument());
        assertThat(backfills.run(ID).progress().done()).isEqualTo(21);

        assertThat(backfills.undo(ID, Approval.confirmed()).left()).isZero();

        assertThat(dogs(mongo).find(Filters.eq("_id", 7)).first()).isEqualTo(old);
    }

    @Test
    void withoutOriginalsNothingIsUndone(TestMongo mongo) {
        insertDogs(mongo, 20);
        Backfills backfills = TestBackfills.of(mongo, new WeightInKg());
        backfills.run(ID);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> backfills.undo(ID, Approval.confirmed()))
                .withMessageContaining("It has no originals");
        assertThat(backfills.status(ID).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(20);
    }

    @Test
    void aProtectedEnvironmentNeedsItsName(TestMongo mongo) {
        insertDogs(mongo, 20);
        MonarchEnvironment environment =
                MonarchEnvironment.using("production", Protection.ON, mongo.client(), mongo.databaseName());
        Backfills backfills = keeping(environment, new WeightInKg());
        backfills.run(ID);

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> backfills.undo(ID, Approval.confirmed()))
                .withMessageContaining("undo changes of 'production'");
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(20);
        assertThat(backfills.undo(ID, Approval.naming("production")).undone()).isEqualTo(20);
    }

    @Test
    void anUndoStopsTheProcessThatRunsTheBackfill(TestMongo mongo) throws Exception {
        insertDogs(mongo, 1_000);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        Backfills running = keeping(mongo, new WeightInKg());
        running.rate(ID, new Backfills.Rate(1.0, 100L));
        CompletableFuture<Void> others = CompletableFuture.runAsync(running::runAll);
        while (dogs(mongo).countDocuments(Filters.exists("kg")) == 0) {
            Thread.onSpinWait();
        }
        Backfills backfills = keeping(mongo, new WeightInKg());

        UndoReport report = backfills.undo(ID, Approval.confirmed());

        assertThat(report.left()).isZero();
        assertThat(report.undone()).as("it did not wait for the end").isLessThan(1_000);
        assertThat(contents(dogs(mongo))).isEqualTo(before);
        running.stop();
        others.get();
        assertThat(contents(dogs(mongo))).isEqualTo(before);
    }

    @Test
    void aBackfillThatWasKilledAndContinuedIsUndone(TestMongo mongo) {
        insertDogs(mongo, 600);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        try (TestProcess process = TestProcess.java(UndoProcess.class, mongo.uri(), mongo.databaseName(), "run")) {
            process.awaitLine("READY"::equals, LONG);
            while (dogs(mongo).countDocuments(Filters.exists("kg")) == 0) {
                Thread.onSpinWait();
            }
            process.kill();
        }
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isBetween(1L, 599L);
        Backfills backfills = keeping(mongo, new WeightInKg());
        assertThat(backfills.run(ID).state()).isEqualTo(State.DONE);

        assertThat(backfills.undo(ID, Approval.confirmed()).left()).isZero();

        assertThat(contents(dogs(mongo))).isEqualTo(before);
    }

    @Test
    void aKilledUndoIsContinued(TestMongo mongo) {
        insertDogs(mongo, 600);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        Backfills backfills = keeping(mongo, new WeightInKg());
        backfills.run(ID);
        dogs(mongo).updateOne(Filters.eq("_id", 1), Updates.set("name", new BsonString("changed")));
        try (TestProcess process = TestProcess.java(UndoProcess.class, mongo.uri(), mongo.databaseName())) {
            process.awaitLine("READY"::equals, LONG);
            while (dogs(mongo).countDocuments(Filters.exists("kg")) == 600) {
                Thread.onSpinWait();
            }
            process.kill();
        }
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isBetween(2L, 599L);
        assertThat(backfills.status(ID).state()).isEqualTo(State.UNDONE);
        assertThat(backfills.run(ID).state()).isEqualTo(State.UNDONE);

        UndoReport report = backfills.undo(ID, Approval.confirmed());

        assertThat(report.documents()).extracting(LeftDocument::document).containsExactly(new BsonInt32(1));
        Map<BsonValue, BsonDocument> after = contents(dogs(mongo));
        assertThat(after.remove(new BsonInt32(1))).containsKeys("kg", "name");
        before.remove(new BsonInt32(1));
        assertThat(after).isEqualTo(before);
    }

    /** Without the retries of the driver, which would outlast most step-downs. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void anUndoContinuesWithTheNextPrimary(TestMongo mongo) throws Exception {
        insertDogs(mongo, 20_000);
        Map<BsonValue, BsonDocument> before = contents(dogs(mongo));
        assertThat(keeping(mongo, new WeightInKg()).run(ID).state()).isEqualTo(State.DONE);
        FailedCommands failed = new FailedCommands("dogs", "monarch.originals");
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .retryReads(false)
                .retryWrites(false)
                .addCommandListener(failed)
                .build())) {
            Backfills backfills = keeping(
                    MonarchEnvironment.using("test", Protection.DEFAULT, client, mongo.databaseName()),
                    new WeightInKg());
            CompletableFuture<UndoReport> undo =
                    CompletableFuture.supplyAsync(() -> backfills.undo(ID, Approval.confirmed()));
            while (dogs(mongo).countDocuments(Filters.exists("kg")) == 20_000) {
                Thread.onSpinWait();
            }

            while (failed.count() == 0 && !undo.isDone()) {
                mongo.stepDown(Duration.ofSeconds(1));
                mongo.awaitPrimary();
            }

            UndoReport report = undo.get();
            assertThat(failed.count()).as("a step-down has interrupted it").isPositive();
            assertThat(report.complete()).isTrue();
            assertThat(report.documents()).isEmpty();
            assertThat(contents(dogs(mongo))).isEqualTo(before);
        }
    }

    /** Counts the commands on some collections that fail, as a whole or in part. */
    private static final class FailedCommands implements CommandListener {

        private final List<String> collections;

        private final Set<Integer> sent = ConcurrentHashMap.newKeySet();

        private final AtomicInteger failed = new AtomicInteger();

        private FailedCommands(String... collections) {
            this.collections = List.of(collections);
        }

        private int count() {
            return failed.get();
        }

        @Override
        public void commandStarted(CommandStartedEvent event) {
            BsonDocument command = event.getCommand();
            String field = command.isString("collection") ? "collection" : event.getCommandName();
            if (command.isString(field)
                    && collections.stream().anyMatch(command.getString(field).getValue()::startsWith)) {
                sent.add(event.getRequestId());
            }
        }

        @Override
        public void commandSucceeded(CommandSucceededEvent event) {
            if (sent.remove(event.getRequestId()) && event.getResponse().containsKey("writeErrors")) {
                failed.incrementAndGet();
            }
        }

        @Override
        public void commandFailed(CommandFailedEvent event) {
            if (sent.remove(event.getRequestId())) {
                failed.incrementAndGet();
            }
        }
    }
}
