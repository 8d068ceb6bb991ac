package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Collation;
import com.mongodb.client.model.CreateViewOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.SwapInterruptedException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.SwapStatus;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

import static dev.monarch.engine.staging.StagedDatabaseTests.assertNothingIsLeft;
import static dev.monarch.engine.staging.StagedDatabaseTests.fill;
import static dev.monarch.engine.staging.StagedDatabaseTests.other;
import static dev.monarch.engine.staging.StagedDatabaseTests.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A swap destroys only what its plan names, and it can be repeated, inspected and abandoned. */
class SwapTests {

    private static final String HISTORY = "monarch.history";

    private final Set<Option> options = EnumSet.noneOf(Option.class);

    @ParameterizedTest
    @ValueSource(strings = {"orders", "dogs"})
    @MongoTest
    void aCollectionThatAppearsDuringTheLoadIsNotDestroyed(String appearing, TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        fill(mongo.database(), "cats", 3);
        TransferSource creating = whileLoading(mongo, () -> fill(mongo.database(), appearing, 4));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, creating))
                .withMessageContaining("'" + appearing + "' was created");

        assertThat(mongo.database().getCollection(appearing).countDocuments()).isEqualTo(4);
        assertThat(mongo.database().getCollection("cats").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest
    void anAppearingCollectionIsReplacedIfItsLossIsAccepted(TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        options.add(Option.ACCEPT_LOST_WRITES);

        replace(mongo, whileLoading(mongo, () -> {
            fill(mongo.database(), "orders", 4);
            fill(mongo.database(), "dogs", 4);
        }));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(10);
        assertThat(names(mongo)).doesNotContain("orders");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aViewThatAppearsOrChangesDuringTheLoadIsNotDestroyed(TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        mongo.database().createView("old", "dogs", List.of());

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, whileLoading(mongo, () -> {
                    mongo.database().createView("appeared", "dogs", List.of());
                    mongo.database().getCollection("old").drop();
                    mongo.database().createView("old", "cats", List.of());
                })))
                .withMessageContaining("'appeared' was created")
                .withMessageContaining("'old' was replaced");

        assertThat(names(mongo)).contains("appeared", "old");
    }

    @Test
    @MongoTest
    void aCollectionThatAppearsDuringALoadInPlaceIsKept(TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        fill(mongo.database(), "stale", 3);
        options.add(Option.IN_PLACE);

        replace(mongo, whileLoading(mongo, () -> fill(mongo.database(), "orders", 4)));

        assertThat(names(mongo)).contains("dogs", "orders").doesNotContain("stale");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aRepeatedDropRemovesOnlyTheIntendedCollection(TestMongo mongo) {
        fill(mongo.database(), "orders", 3);
        BsonBinary gone = uuid(mongo.database(), "orders");
        mongo.database().getCollection("orders").drop();
        fill(mongo.database(), "orders", 4);
        fill(mongo.database(), "cats", 2);
        interrupted(
                mongo,
                0,
                new SwapStep(
                        SwapStep.Kind.DROP, "orders", null, null, new BsonDocument("uuid", gone), new BsonDocument()),
                SwapStep.drop(existing(mongo, "cats")));

        new InterruptedSwaps(environment(mongo)).endIfAny(LockSettings.DEFAULT);

        assertThat(mongo.database().getCollection("orders").countDocuments()).isEqualTo(4);
        assertThat(names(mongo)).doesNotContain("cats");
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anEmptiedCollectionIsNotEmptiedAgain(TestMongo mongo) {
        interruptReplacingFunctions(
                mongo,
                command ->
                        command.getString("to", new BsonString("")).getValue().endsWith("." + HISTORY));

        functions(mongo).insertOne(new Document("_id", "purr"));

        assertThat(new InterruptedSwaps(environment(mongo))
                        .status()
                        .orElseThrow()
                        .steps())
                .contains(new SwapStatus.Step("system.js", SwapStatus.Action.REMOVE, SwapStatus.State.DONE));
        new InterruptedSwaps(environment(mongo)).endIfAny(LockSettings.DEFAULT);
        assertThat(functions(mongo).find()).containsExactly(new Document("_id", "purr"));
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void documentsWrittenWhileACollectionIsEmptiedAreKept(TestMongo mongo) {
        interruptReplacingFunctions(
                mongo,
                command ->
                        command.getString("drop", new BsonString("")).getValue().contains(".removed."));

        List<Document> written =
                List.of(new Document("_id", "purr"), new Document("_id", "bark").append("value", "loud"));
        functions(mongo).insertMany(written);

        assertThat(new InterruptedSwaps(environment(mongo))
                        .status()
                        .orElseThrow()
                        .steps())
                .contains(new SwapStatus.Step("system.js", SwapStatus.Action.REMOVE, SwapStatus.State.PENDING));
        new InterruptedSwaps(environment(mongo)).endIfAny(LockSettings.DEFAULT);
        assertThat(functions(mongo).find()).containsExactlyInAnyOrderElementsOf(written);
        assertNothingIsLeft(mongo.database());
    }

    private void interruptReplacingFunctions(TestMongo mongo, Predicate<BsonDocument> failing) {
        fill(other(mongo), "dogs", 10);
        fill(other(mongo), HISTORY, 1);
        functions(mongo).insertOne(new Document("_id", "bark").append("value", "woof"));
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            line.fail(failing, 1, Fault.error(13, "Unauthorized"));
            MonarchEnvironment target =
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName());
            assertThatExceptionOfType(SwapInterruptedException.class)
                    .isThrownBy(() -> replace(target, source(mongo, other(mongo))));
        }
    }

    private static MongoCollection<Document> functions(TestMongo mongo) {
        return mongo.database().getCollection("system.js");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aCollectionCreatedByOthersBlocksTheStepAndIsNamed(TestMongo mongo) {
        blockedByOthers(mongo);
        InterruptedSwaps swaps = new InterruptedSwaps(environment(mongo));

        assertThatExceptionOfType(SwapInterruptedException.class)
                .isThrownBy(() -> swaps.endIfAny(LockSettings.DEFAULT))
                .withMessageContaining("'dogs'")
                .withMessageContaining("was created, replaced or removed by another client")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SWAP_INTERRUPTED));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(7);
        SwapStatus status = swaps.status().orElseThrow();
        assertThat(status.progress().done()).isEqualTo(1);
        assertThat(status.progress().total()).isEqualTo(2);
        assertThat(status.steps())
                .containsExactly(
                        new SwapStatus.Step("cats", SwapStatus.Action.REPLACE, SwapStatus.State.DONE),
                        new SwapStatus.Step("dogs", SwapStatus.Action.REPLACE, SwapStatus.State.BLOCKED));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aBlockedSwapContinuesIfTheLossIsAccepted(TestMongo mongo) {
        blockedByOthers(mongo);

        swaps(mongo).retryAcceptingLostWrites("kennel", Approval.confirmed());

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(2);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aBlockedSwapCanBeAbandoned(TestMongo mongo) {
        blockedByOthers(mongo);

        assertThat(swaps(mongo).abandon("kennel", Approval.confirmed()))
                .hasValueSatisfying(status -> assertThat(status.steps())
                        .extracting(SwapStatus.Step::state)
                        .containsExactly(SwapStatus.State.DONE, SwapStatus.State.BLOCKED));

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(7);
        assertNothingIsLeft(mongo.database());
        assertThat(new InterruptedSwaps(environment(mongo)).endIfAny(LockSettings.DEFAULT))
                .isFalse();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void viewsThatTheServerCannotCreateAreRefusedBeforeTheLoad(TestMongo mongo) {
        fill(mongo.database(), "dogs", 3);
        Catalogue coming = new Catalogue(
                "from",
                List.of(
                        plain("dogs"),
                        view("newer", "{viewOn: 'dogs', pipeline: [{$stageOfANewerServer: {}}]}"),
                        view("wrong", "{viewOn: 'dogs', pipeline: [{$limit: -1}]}")));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, sink -> sink.begin(coming)))
                .withMessageContaining("the server cannot create the view 'newer'")
                .withMessageContaining("the server cannot create the view 'wrong'");

        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest
    void thePlanRefusesCyclesOfViews(TestMongo mongo) {
        Catalogue coming = new Catalogue(
                "from",
                List.of(
                        view("a", "{viewOn: 'b', pipeline: []}"),
                        view("b", "{viewOn: 'dogs', pipeline: [{$lookup: {from: 'c', as: 'c', pipeline: []}}]}"),
                        view("c", "{viewOn: 'dogs', pipeline: [{$unionWith: 'a'}]}")));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, sink -> sink.begin(coming)))
                .withMessageContaining("the views 'a', 'b', 'c' form a cycle");
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest
    void thePlanRefusesAViewOnOneWithAnotherCollation(TestMongo mongo) {
        Catalogue coming = new Catalogue(
                "from",
                List.of(
                        view("a", "{viewOn: 'b', pipeline: [], collation: {locale: 'de'}}"),
                        view("b", "{viewOn: 'dogs', pipeline: []}")));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, sink -> sink.begin(coming)))
                .withMessageContaining("the views 'a' and 'b' have different collations");
    }

    @Test
    @MongoTest
    void aViewIsRefusedIfTheServerHasNoViews(TestMongo mongo) {
        assumeThat(mongo.isReal()).as("every real server has views").isFalse();
        fill(mongo.database(), "dogs", 3);

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(
                        mongo,
                        sink -> sink.begin(
                                new Catalogue("from", List.of(view("puppies", "{viewOn: 'dogs', pipeline: []}"))))))
                .withMessageContaining("the server has no views");
        assertThat(names(mongo)).doesNotContain("puppies");
        assertNothingIsLeft(mongo.database());
    }

    @ParameterizedTest
    @ValueSource(strings = {".dogs", "", "do$gs"})
    @MongoTest
    void thePlanRefusesANameThatTheServerDoesNotAllow(String name, TestMongo mongo) {
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, sink -> sink.begin(new Catalogue("from", List.of(plain(name))))))
                .withMessageContaining("which the server does not allow");
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void viewsOnViewsWithCollationsAreReplaced(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "dogs", 3);
        from.createView("a", "dogs", List.of());
        from.createView("b", "a", List.of());
        fill(mongo.database(), "dogs", 2);
        CreateViewOptions german = new CreateViewOptions()
                .collation(Collation.builder().locale("de").build());
        mongo.database().createView("b", "dogs", List.of(), german);
        mongo.database().createView("a", "b", List.of(), german);

        replace(mongo, source(mongo, from));

        assertThat(mongo.database().getCollection("b").countDocuments()).isEqualTo(3);
        assertNothingIsLeft(mongo.database());
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void collectionsAndViewsReplaceEachOther(TestMongo mongo) {
        MongoDatabase from = other(mongo);
        fill(from, "a", 3);
        from.createView("b", "a", List.of());
        fill(mongo.database(), "b", 2);
        mongo.database().createView("a", "b", List.of());

        replace(mongo, source(mongo, from));

        assertThat(existing(mongo, "a").type()).isEqualTo(CollectionType.COLLECTION);
        assertThat(existing(mongo, "b").type()).isEqualTo(CollectionType.VIEW);
        assertThat(mongo.database().getCollection("b").countDocuments()).isEqualTo(3);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void expirationsInTheTargetDoNotCountAsWrites(TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        mongo.database()
                .getCollection("sessions")
                .createIndex(Indexes.ascending("until"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        Date far = new Date(System.currentTimeMillis() + 3_600_000);
        for (int i = 0; i < 3; i++) {
            mongo.database()
                    .getCollection("sessions")
                    .insertOne(new Document("_id", i).append("until", new Date(far.getTime() + i)));
        }

        replace(
                mongo,
                whileLoading(
                        mongo, () -> mongo.database().getCollection("sessions").deleteOne(new Document("_id", 2))));
        assertThat(names(mongo)).doesNotContain("sessions");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aWriteToACollectionWithATtlIndexIsDetected(TestMongo mongo) {
        fill(other(mongo), "dogs", 10);
        mongo.database()
                .getCollection("sessions")
                .createIndex(Indexes.ascending("until"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        Date far = new Date(System.currentTimeMillis() + 3_600_000);
        mongo.database().getCollection("sessions").insertOne(new Document("_id", "x").append("until", far));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> replace(mongo, whileLoading(mongo, () -> {
                    mongo.database().getCollection("sessions").deleteOne(new Document("_id", "x"));
                    mongo.database()
                            .getCollection("sessions")
                            .insertOne(new Document("_id", "a").append("until", new Date(far.getTime() + 1)));
                })))
                .withMessageContaining("'sessions' was written to");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void expiredDocumentsAreKeptOnRequest(TestMongo mongo) {
        options.add(Option.PARK_TIME_TO_LIVE);
        MongoDatabase from = other(mongo);
        from.getCollection("sessions")
                .createIndex(
                        Indexes.ascending("at"), new IndexOptions().name("at").expireAfter(60L, TimeUnit.SECONDS));
        from.getCollection("sessions").insertOne(new Document("_id", 1).append("at", new Date(1_000_000L)));

        List<Expiration> expirations = replace(mongo, source(mongo, from));

        assertThat(expirations).singleElement().satisfies(expiration -> {
            assertThat(expiration.documents()).isEqualTo(1);
            assertThat(expiration.parked()).isTrue();
            assertThat(expiration.command())
                    .isEqualTo(
                            BsonDocument.parse("{collMod: 'sessions', index: {name: 'at', expireAfterSeconds: 60}}"));
        });
        assertThat(mongo.database().getCollection("sessions").listIndexes())
                .noneMatch(index -> index.containsKey("expireAfterSeconds"));
    }

    /** Its first step is done; another client has created a collection with the name of its second step. */
    private void blockedByOthers(TestMongo mongo) {
        fill(mongo.database(), "cats", 5);
        fill(mongo.database(), "monarch.stage.1a2b3c4d.1", 2);
        SwapStep dogs = new SwapStep(
                SwapStep.Kind.RENAME,
                "dogs",
                "monarch.stage.1a2b3c4d.1",
                uuid(mongo.database(), "monarch.stage.1a2b3c4d.1"),
                null,
                new BsonDocument());
        SwapStep cats = new SwapStep(
                SwapStep.Kind.RENAME,
                "cats",
                "monarch.stage.1a2b3c4d.0",
                uuid(mongo.database(), "cats"),
                null,
                new BsonDocument());
        fill(mongo.database(), "dogs", 7);
        interrupted(mongo, 0, cats, dogs);
    }

    private static void interrupted(TestMongo mongo, int done, SwapStep... steps) {
        JournalEntries.insert(
                mongo.database(),
                Document.parse("{state: 'SWAPPING', purpose: 'restore into', host: 'web-1:4711',"
                                + " since: {$date: '2026-11-20T10:30:05Z'}, done: " + done + "}")
                        .append("_id", new BsonString("1a2b3c4d"))
                        .append(
                                "steps",
                                new BsonArray(Arrays.stream(steps)
                                        .map(SwapStep::toDocument)
                                        .toList())));
    }

    private static BsonBinary uuid(MongoDatabase database, String name) {
        return (BsonBinary) Objects.requireNonNull(
                new TargetCatalogue(database).find(name).orElseThrow().uuid());
    }

    private static TargetCatalogue.Existing existing(TestMongo mongo, String name) {
        return new TargetCatalogue(mongo.database()).find(name).orElseThrow();
    }

    private static List<String> names(TestMongo mongo) {
        return mongo.database().listCollectionNames().into(new ArrayList<>());
    }

    private static CollectionDescription plain(String name) {
        return new CollectionDescription(name, CollectionType.COLLECTION, new BsonDocument(), List.of(), null);
    }

    private static CollectionDescription view(String name, String options) {
        return new CollectionDescription(name, CollectionType.VIEW, BsonDocument.parse(options), List.of(), null);
    }

    private static TransferSource whileLoading(TestMongo mongo, Runnable others) {
        return sink -> {
            source(mongo, other(mongo)).transferTo(sink);
            others.run();
        };
    }

    private static MonarchEnvironment environment(TestMongo mongo) {
        return MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }

    private static SwapService swaps(TestMongo mongo) {
        return new SwapService(
                new EnvironmentRegistry(() -> environment(mongo), List.of()), new Guard(false), LockSettings.DEFAULT);
    }

    private List<Expiration> replace(TestMongo mongo, TransferSource source) {
        return replace(environment(mongo), source);
    }

    private List<Expiration> replace(MonarchEnvironment target, TransferSource source) {
        StagingRequest request = new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, Set.of(), HISTORY, options),
                LoadOptions.DEFAULT,
                StagingRequest.DEFAULT_RENAME_LIMIT);
        try (HeldLock lock = new EnvironmentLock(target, LockSettings.DEFAULT).acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request), lock, null, -1)) {
            source.transferTo(staged);
            staged.load();
            staged.swap();
            return staged.expirations();
        }
    }
}
