package dev.monarch.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.monarch.Fact;
import dev.monarch.InvalidRequestException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

@MongoTest
class CopyServiceTests {

    private static MongoDatabase target(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        return mongo.client().getDatabase(name);
    }

    private static CopyService copies(TestMongo mongo) {
        return copies(
                KennelDatabase.environment("production", mongo.client(), mongo.databaseName()),
                KennelDatabase.environment(
                        "laptop", mongo.client(), target(mongo).getName()),
                MonarchEnvironment.using(
                        "live", Protection.ON, mongo.client(), target(mongo).getName()));
    }

    private static CopyService copies(MonarchEnvironment... environments) {
        List<MonarchEnvironment> all = List.of(environments);
        return new CopyService(
                new EnvironmentRegistry(() -> all.get(0), all),
                new QuerySets(List.of(new FewDogs()), null, null),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
    }

    private static CopyRequest request() {
        return CopyRequest.of("production", "laptop");
    }

    /** Selects the dogs with small numbers, and all other collections. */
    static final class FewDogs implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs", Filters.lt("_id", 2));
            context.dump("dogs", Filters.in("_id", 1, 7));
            context.exclude("nobody");
        }
    }

    @Test
    void theTargetBecomesEqualToTheSource(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3_000);
        KennelDatabase.fill(target(mongo), "birds", 10);
        KennelDatabase.fill(target(mongo), "cats", 3);
        Map<String, List<String>> before = KennelDatabase.contents(mongo.database());

        CopyReport report = copies(mongo).copy(request(), Approval.confirmed());

        assertThat(KennelDatabase.withoutHistory(target(mongo)))
                .isEqualTo(KennelDatabase.withoutHistory(mongo.database()));
        assertThat(KennelDatabase.contents(mongo.database())).isEqualTo(before);
        assertThat(report.replacement().loaded().documents()).isEqualTo(3_014);
        assertThat(report.replacement().interruptedMigrations()).isEqualTo(2);
        assertThat(KennelDatabase.states(target(mongo)))
                .containsExactly("APPLIED", "APPLIED", "INTERRUPTED", "ROLLING_BACK");
        assertNothingIsLeft(target(mongo));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aReplicaSetIsCopiedAtOnePointInTime(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);

        assertThat(copies(mongo).copy(request(), Approval.confirmed()).reading().consistency())
                .isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
    }

    @Test
    void anEmptySourceIsRefusedUnlessAllowed(TestMongo mongo) {
        KennelDatabase.fill(target(mongo), "birds", 10);

        assertThat(copies(mongo).plan(request(), Approval.confirmed()).refusals())
                .first()
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Reason.EMPTY_SOURCE);
                    assertThat(refusal.text())
                            .contains("'" + mongo.databaseName()
                                    + "' of 'production' does not exist or is empty; databases with similar names are '"
                                    + target(mongo).getName() + "'");
                });
        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> copies(mongo).copy(request(), Approval.confirmed()))
                .withMessageStartingWith("Refused to copy into 'laptop': the database '");
        assertThat(count(target(mongo), "birds")).isEqualTo(10);

        copies(mongo).copy(request().allowingEmpty(), Approval.naming("laptop"));

        assertThat(count(target(mongo), "birds")).isZero();
    }

    @Test
    void copyingSomeCollectionsChangesNoOthers(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);
        KennelDatabase.fill(target(mongo), "cats", 3);

        copies(mongo)
                .copy(request().selecting(new CollectionSelection(List.of("d*"), List.of())), Approval.confirmed());

        assertThat(count(target(mongo), "dogs")).isEqualTo(10);
        assertThat(count(target(mongo), "birds")).isEqualTo(10);
        assertThat(count(target(mongo), "cats")).isEqualTo(3);
        assertThat(KennelDatabase.states(target(mongo))).isEmpty();
    }

    @Test
    void theHistoryOfTheTargetCanBeKept(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);
        target(mongo).getCollection(KennelDatabase.HISTORY).insertOne(KennelDatabase.entry("9", "APPLIED", 1));

        copies(mongo).copy(request().keepingHistory(), Approval.confirmed());

        assertThat(KennelDatabase.states(target(mongo))).containsExactly("APPLIED");
        assertThat(count(target(mongo), "birds")).isZero();
    }

    @Test
    void collectionsAreRenamedByTheFirstPatternThatMatches(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);

        copies(mongo)
                .copy(
                        request()
                                .renaming(List.of(
                                        new CollectionRename("dogs", "hounds"),
                                        new CollectionRename("c*", "old_c*"),
                                        new CollectionRename("*", "never_*"))),
                        Approval.confirmed());

        assertThat(KennelDatabase.contents(target(mongo)).keySet())
                .containsExactlyInAnyOrder("hounds", "old_cats", "never_nobody", "monarch.history");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void viewsFollowCollectionsThatAreRenamed(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        mongo.database().createView("puppies", "dogs", List.of(Aggregates.lookup("cats", "name", "name", "cat")));

        copies(mongo)
                .copy(
                        request()
                                .renaming(List.of(
                                        new CollectionRename("dogs", "hounds"),
                                        new CollectionRename("c*", "old_c*"),
                                        new CollectionRename("*", "never_*"))),
                        Approval.confirmed());

        Document view = target(mongo)
                .listCollections()
                .filter(Filters.eq("name", "never_puppies"))
                .first();
        assertThat(view.toString()).contains("viewOn=hounds", "from=old_cats").doesNotContain("=dogs", "=cats");
    }

    @Test
    void conflictingAndInvalidRenamesAreRefused(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> copies(mongo)
                        .copy(
                                request()
                                        .renaming(List.of(
                                                new CollectionRename("dogs", "cats"),
                                                new CollectionRename("nobody", "system.nobody"))),
                                Approval.confirmed()))
                .withMessageContaining("'cats' and 'dogs' would both be renamed to 'cats'")
                .withMessageContaining("'system.nobody' is not allowed as the name of a collection");
        assertThat(target(mongo).listCollectionNames()).isEmpty();
    }

    @Test
    void aQuerySetSelectsAPart(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);

        copies(mongo).copy(request().withQuerySet(QuerySetRequest.of("FewDogs")), Approval.confirmed());

        assertThat(target(mongo).getCollection("dogs").find().map(dog -> dog.getInteger("_id")))
                .containsExactlyInAnyOrder(0, 1, 7);
        assertThat(target(mongo).getCollection("dogs").listIndexes()).hasSize(2);
        assertThat(count(target(mongo), "cats")).isEqualTo(10);
        assertThat(count(target(mongo), "birds")).isEqualTo(10);
        assertThat(target(mongo).listCollectionNames()).doesNotContain("nobody");
        assertThat(count(mongo.database(), "dogs")).isEqualTo(10);
    }

    @Test
    void aPartIntoAProtectedTargetNeedsConfirmation(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        CopyRequest part = CopyRequest.of("production", "live").withQuerySet(QuerySetRequest.of("FewDogs"));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> copies(mongo).copy(part, Approval.naming("live")))
                .withMessageContaining("selects only a part of 'production'")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PARTIAL_DATA));
        assertThat(target(mongo).listCollectionNames()).isEmpty();

        copies(mongo).copy(part.partialInto("live"), Approval.naming("live"));
        assertThat(count(target(mongo), "dogs")).isEqualTo(3);
    }

    @Test
    void aProtectedTargetMustBeNamed(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> copies(mongo).copy(CopyRequest.of("production", "live"), Approval.confirmed()))
                .withMessageContaining("the confirmation must name it");
        assertThat(target(mongo).listCollectionNames()).isEmpty();
    }

    @Test
    void anEnvironmentIsNotCopiedIntoItself(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Map<String, List<String>> before = KennelDatabase.contents(mongo.database());
        CopyService copies = copies(
                KennelDatabase.environment("production", mongo.client(), mongo.databaseName()),
                KennelDatabase.environment("laptop", mongo.client(), mongo.databaseName()));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> copies.copy(request(), Approval.confirmed()))
                .withMessageContaining("it is the same database as 'production'");
        assertThat(KennelDatabase.contents(mongo.database())).isEqualTo(before);
    }

    @Test
    void anEnvironmentIsNotCopiedIntoItselfByAnotherAddress(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        Map<String, List<String>> before = KennelDatabase.contents(mongo.database());
        String other = mongo.uri(mongo.databaseName()).replace("127.0.0.1", "localhost");
        try (MongoClient client = MongoClients.create(other)) {
            MonarchEnvironment source = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
            MonarchEnvironment target = KennelDatabase.environment("laptop", client, mongo.databaseName());
            CopyService copies = copies(source, target);

            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> copies.copy(request(), Approval.confirmed()))
                    .withMessageContaining("it is the same database as 'production'");
        }
        assertThat(KennelDatabase.contents(mongo.database())).isEqualTo(before);
    }

    @Test
    void aSourceMigratedDuringTheCopyReplacesNothing(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);
        AtomicBoolean once = new AtomicBoolean();
        TransferListener migrating = progress -> {
            if (once.compareAndSet(false, true)) {
                mongo.database()
                        .getCollection(KennelDatabase.HISTORY)
                        .insertOne(KennelDatabase.entry("5", "APPLIED", 6));
            }
        };

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> copies(mongo)
                        .copy(
                                request()
                                        .paced(Pace.FULL.atMost(DataSize.ofKilobytes(20)))
                                        .reportingTo(migrating),
                                Approval.confirmed()))
                .withMessageContaining("migrations ran in the meantime")
                .withMessageContaining("Nothing has been replaced");
        assertOnlyBirdsExist(mongo);
    }

    /** The lease has expired by the server's clock, because it was not renewed. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aMigrationWhoseProcessDiedBecomesInterrupted(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        mongo.database()
                .getCollection("monarch.lock")
                .insertOne(org.bson.Document.parse("{_id: 'environment', fence: NumberLong(1), token: 'dead', purpose:"
                        + " 'migrate', host: 'web-1:4711', since: ISODate('2020-01-01T00:00:00Z'), heartbeat:"
                        + " ISODate('2020-01-01T00:00:00Z'), lease: NumberLong(60000), beats: NumberLong(0)}"));

        copies(mongo).copy(request(), Approval.confirmed());

        assertThat(KennelDatabase.states(target(mongo)))
                .containsExactly("APPLIED", "APPLIED", "INTERRUPTED", "ROLLING_BACK");
    }

    @Test
    void aSourceThatIsBeingMigratedIsNotCopied(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        MonarchEnvironment source = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
        KennelDatabase.fill(target(mongo), "birds", 10);

        try (HeldLock migrating =
                new EnvironmentLock(source, KennelDatabase.LOCK).acquire("migrate", null, event -> {})) {
            migrating.ensureHeld();
            assertThatExceptionOfType(TransferFailedException.class)
                    .isThrownBy(() -> copies(mongo).copy(request(), Approval.confirmed()))
                    .withMessageContaining("migrations are running in it")
                    .withMessageContaining("for migrate");
        }
        assertOnlyBirdsExist(mongo);
        assertThatNoException().isThrownBy(() -> copies(mongo).copy(request(), Approval.confirmed()));
    }

    @Test
    void aMigrationThatRunsDuringTheWholeCopyIsDetected(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        MonarchEnvironment source = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
        String target = target(mongo).getName();
        KennelDatabase.fill(target(mongo), "birds", 10);
        AtomicReference<HeldLock> migrating = new AtomicReference<>();
        CommandListener atTheFirstLook = new CommandListener() {

            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (migrating.get() == null
                        && event.getCommand()
                                .getString("find", new BsonString(""))
                                .getValue()
                                .equals(KennelDatabase.HISTORY)) {
                    migrating.set(
                            new EnvironmentLock(source, KennelDatabase.LOCK).acquire("migrate", null, told -> {}));
                    mongo.database()
                            .getCollection(KennelDatabase.HISTORY)
                            .insertOne(KennelDatabase.entry("5", "RUNNING", 6));
                }
            }
        };
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .addCommandListener(atTheFirstLook)
                .build())) {
            CopyService copies = copies(
                    KennelDatabase.environment("production", client, mongo.databaseName()),
                    KennelDatabase.environment("laptop", mongo.client(), target));
            assertThatExceptionOfType(TransferFailedException.class)
                    .isThrownBy(() -> copies.copy(request(), Approval.confirmed()))
                    .withMessageContaining("migrations are running in it")
                    .withMessageContaining("Nothing has been replaced");
        }
        Objects.requireNonNull(migrating.get()).close();
        assertOnlyBirdsExist(mongo);
    }

    @Test
    void aSourceInAnInterruptedSwapIsNotCopied(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        JournalEntries.insert(
                mongo.database(),
                new Document("_id", "r1")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:1")
                        .append("since", new java.util.Date(0))
                        .append("done", 0)
                        .append("steps", List.of(new Document("kind", "DROP").append("target", "cats"))));

        assertThatExceptionOfType(SwapInterruptedException.class)
                .isThrownBy(() -> copies(mongo).copy(request(), Approval.confirmed()));
    }

    @Test
    void anInterruptStopsTheCopyBeforeTheSwap(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 1_000);
        KennelDatabase.fill(target(mongo), "birds", 10);
        Thread copying = Thread.currentThread();
        TransferListener interrupting = progress -> copying.interrupt();

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> copies(mongo)
                        .copy(
                                request()
                                        .paced(Pace.FULL.atMost(DataSize.ofBytes(1_000)))
                                        .reportingTo(interrupting),
                                Approval.confirmed()));

        assertThat(Thread.interrupted()).isTrue();
        assertOnlyBirdsExist(mongo);
    }

    @Test
    void theReadRateIsLimited(TestMongo mongo) {
        for (int i = 0; i < 4; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 100);
        }
        CopyRequest slowly = request().paced(Pace.FULL.atMost(DataSize.ofKilobytes(100)));

        CopyReport report = copies(mongo).copy(slowly, Approval.confirmed());

        long millis = report.replacement().loaded().bytes()
                * 1_000
                / DataSize.ofKilobytes(100).toBytes();
        assertThat(millis).isGreaterThan(1_000);
        assertThat(report.replacement().elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void thePlanDescribesTheCopyAndChangesNothing(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 10);
        KennelDatabase.fill(target(mongo), "birds", 10);
        KennelDatabase.fill(target(mongo), "cats", 3);

        ReplacementPlan plan = copies(mongo).plan(request(), Approval.confirmed());
        ReplacementPlan refused = copies(mongo)
                .plan(
                        CopyRequest.of("production", "laptop")
                                .selecting(new CollectionSelection(List.of("dgos"), List.of())),
                        Approval.none());

        assertThat(plan.isPossible()).isTrue();
        assertThat(plan.replaced()).containsExactly("cats");
        assertThat(plan.created()).containsExactly("dogs", "monarch.history", "nobody");
        assertThat(plan.removed()).containsExactly("birds");
        assertThat(plan.warnings()).isNotEmpty();
        assertThat(refused.refusals())
                .anyMatch(refusal -> refusal.reason() == Reason.NOT_CONFIRMED)
                .anyMatch(refusal -> refusal.text().contains("No collection matches 'dgos'"));
        assertThat(refused.kept()).contains("birds", "cats");
        assertThat(count(target(mongo), "cats")).isEqualTo(3);
        assertThat(target(mongo).listCollectionNames()).containsExactlyInAnyOrder("birds", "cats");
    }

    @Test
    @MongoTest(own = true)
    void thePlanCountsDocumentsThatExpireImmediately(TestMongo mongo) {
        if (mongo.isReal()) {
            // Otherwise the server could delete them between the check and the count.
            mongo.client()
                    .getDatabase("admin")
                    .runCommand(new Document("setParameter", 1).append("ttlMonitorEnabled", false));
        }
        expiring(mongo, "sessions", 0, 1, System.currentTimeMillis());
        expiring(mongo, "tokens", System.currentTimeMillis());
        CopyRequest renaming = request().renaming(List.of(new CollectionRename("sessions", "visits")));

        ReplacementPlan plan = copies(mongo).plan(renaming, Approval.confirmed());

        assertThat(plan.warnings())
                .filteredOn(warning -> warning.reason() == Reason.DOCUMENTS_EXPIRE)
                .extracting(Fact::text)
                .containsExactly("2 documents of 'visits' expired by 'at' and will be deleted by the server within"
                        + " about a minute.");
        assertThat(copies(mongo)
                        .plan(renaming.parkingTimeToLive(), Approval.confirmed())
                        .warnings())
                .extracting(Fact::text)
                .contains("Documents of 'visits' do not expire until the TTL rule is set again.");
    }

    private static void expiring(TestMongo mongo, String collection, long... times) {
        MongoCollection<Document> documents = mongo.database().getCollection(collection);
        documents.createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(1L, TimeUnit.HOURS));
        for (long time : times) {
            documents.insertOne(new Document("at", new Date(time)));
        }
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void cappedCollectionsKeepTheirOrder(TestMongo mongo) {
        mongo.database()
                .createCollection(
                        "log", new CreateCollectionOptions().capped(true).sizeInBytes(1_000_000));
        List<Document> lines = new ArrayList<>();
        for (int i = 200; i > 0; i--) {
            lines.add(new Document("_id", i));
        }
        mongo.database().getCollection("log").insertMany(lines);

        copies(mongo).copy(request(), Approval.confirmed());

        assertThat(target(mongo).getCollection("log").find()).containsExactlyElementsOf(lines);
    }

    private static void assertOnlyBirdsExist(TestMongo mongo) {
        assertThat(KennelDatabase.contents(target(mongo)).keySet()).containsExactly("birds");
        assertNothingIsLeft(target(mongo));
    }

    private static void assertNothingIsLeft(MongoDatabase database) {
        assertThat(database.listCollectionNames()).noneMatch(name -> name.startsWith("monarch.stage."));
        assertThat(database.getCollection("monarch.journal").countDocuments()).isZero();
    }

    private static long count(MongoDatabase database, String collection) {
        return database.getCollection(collection).countDocuments();
    }
}
