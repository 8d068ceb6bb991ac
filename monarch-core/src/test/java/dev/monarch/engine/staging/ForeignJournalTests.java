package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import dev.monarch.OperationRefusedException;
import dev.monarch.engine.transfer.ReadOptions;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.SwapService;
import dev.monarch.replacement.SwapService.ForeignJournalEntry;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.ReadReport.Consistency;

import static dev.monarch.engine.staging.StagedDatabaseTests.assertNothingIsLeft;
import static dev.monarch.engine.staging.StagedDatabaseTests.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Entries that mongorestore or another tool copied into the journal are named and ignored. Removing them needs
 * approval.
 */
@MongoTest
class ForeignJournalTests {

    private static final String STAGING = "monarch.stage.1a2b3c4d.0";

    private final TestMongo mongo;

    private final MongoDatabase database;

    ForeignJournalTests(TestMongo mongo) {
        this.mongo = mongo;
        this.database = mongo.database();
    }

    @Test
    void theEntryOfAnotherDatabaseDropsAndRenamesNothing() {
        collections();
        insert(entry().append("database", "shop"));

        assertIsLeftAlone("it belongs to the database 'shop'");
    }

    @Test
    void anEntryWithoutADatabaseIsNotExecuted() {
        collections();
        insert(entry());

        assertIsLeftAlone("it does not name its database");
    }

    @Test
    void anUnreadableEntryDoesNotPreventAStart() {
        collections();
        JournalEntries.insert(database, entry().append("state", "FLYING"));

        assertIsLeftAlone("it cannot be read");
    }

    @Test
    void anInvalidEntryIsRemovedOnRequest() {
        fill(database, "orders", 3);
        ObjectId id = new ObjectId();
        insert(new Document("_id", id).append("hello", "world"));

        assertThat(swaps().endIfAny(LockSettings.DEFAULT)).isFalse();
        assertThat(swaps().foreign())
                .singleElement()
                .satisfies(entry -> assertThat(entry.id()).isEqualTo(id.toHexString()));
        service("kennel").abandon("kennel", Approval.confirmed());

        assertNothingIsLeft(database);
        assertThat(database.getCollection("orders").countDocuments()).isEqualTo(3);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aCopyOfTheJournalInADatabaseOfTheSameNameIsNotExecuted() {
        collections();
        JournalEntries.insert(database, entry());
        restoreByOtherTool("monarch.journal");

        assertIsLeftAlone("it was written into another journal and copied here");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void copiesOfStagingCollectionsReplaceNothing() {
        collections();
        JournalEntries.insert(database, entry());
        restoreByOtherTool(STAGING);

        assertIsLeftAlone("its staging collection '" + STAGING + "' is a different collection here");
    }

    @Test
    void anEntryOfThisDatabaseIsCompletedNextToForeignOnes() {
        collections();
        insert(entry().append("_id", "of another").append("database", "shop"));
        JournalEntries.insert(database, entry());

        assertThat(swaps().endIfAny(LockSettings.DEFAULT)).isTrue();

        assertThat(names()).contains("cats").doesNotContain("orders", STAGING);
        assertThat(swaps().foreign()).extracting(ForeignJournalEntry::id).containsExactly("of another");
    }

    /** Only entries that were read are removed, even if the journal changes meanwhile. */
    @Test
    void theJournalIsReadOnceForTheRemoval() {
        collections();
        insert(entry());
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            new Journal(client.getDatabase(mongo.databaseName())).removeForeign();

            assertThat(line.commands())
                    .filteredOn(command -> command.getFirstKey().equals("find"))
                    .hasSize(1);
        }
        assertThat(swaps().foreign()).isEmpty();
    }

    @Test
    void abandoningAndLosingWritesNeedApproval() {
        collections();
        JournalEntries.insert(database, entry());
        SwapService service = service("production");

        for (Approval approval : List.of(Approval.none(), Approval.confirmed(), Approval.naming("kennel"))) {
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> service.abandon("production", approval))
                    .withMessageContaining("Refused to abandon the swap of 'production'");
            assertThatExceptionOfType(OperationRefusedException.class)
                    .isThrownBy(() -> service.retryAcceptingLostWrites("production", approval))
                    .withMessageContaining("Refused to restore into 'production'");
        }
        assertThat(names()).contains("orders", STAGING);

        service.retry("production", Approval.none());
        assertThat(names()).contains("cats").doesNotContain("orders", STAGING);
    }

    /** The database has orders, and a staging collection for cats. */
    private void collections() {
        fill(database, "orders", 3);
        fill(database, STAGING, 2);
    }

    /** The entry of a swap that drops the orders and adds cats. */
    private Document entry() {
        SwapStep cats = new SwapStep(
                SwapStep.Kind.RENAME, "cats", STAGING, existing(STAGING).uuid(), null, new BsonDocument());
        return JournalEntries.swap(
                "SWAPPING", cats.toDocument(), SwapStep.drop(existing("orders")).toDocument());
    }

    private TargetCatalogue.Existing existing(String name) {
        return new TargetCatalogue(database).find(name).orElseThrow();
    }

    private void insert(Document entry) {
        database.getCollection("monarch.journal").insertOne(entry);
    }

    /** Gives a collection another UUID, as tools do that restore dumps. */
    private void restoreByOtherTool(String name) {
        List<Document> documents = database.getCollection(name).find().into(new ArrayList<>());
        database.getCollection(name).drop();
        database.getCollection(name).insertMany(documents);
    }

    private void assertIsLeftAlone(String reason) {
        assertThat(swaps().endIfAny(LockSettings.DEFAULT)).isFalse();
        swaps().requireNone(new ReadOptions(
                "back up", CollectionSelection.ALL, Consistency.BEST, TransferPace.of(Pace.FULL), "monarch.history"));

        assertThat(swaps().find()).isEmpty();
        assertThat(swaps().foreign())
                .singleElement()
                .satisfies(entry -> assertThat(entry.fact("kennel").text())
                        .contains("('1a2b3c4d')", reason, "Monarch ignores it."));
        assertThat(names()).contains("orders", STAGING, "monarch.journal").doesNotContain("cats");

        service("kennel").abandon("kennel", Approval.confirmed());

        assertThat(database.getCollection("orders").countDocuments()).isEqualTo(3);
        assertThat(names()).doesNotContain("cats");
        assertNothingIsLeft(database);
    }

    private List<String> names() {
        return database.listCollectionNames().into(new ArrayList<>());
    }

    private InterruptedSwaps swaps() {
        return new InterruptedSwaps(environment("kennel"));
    }

    private SwapService service(String name) {
        return new SwapService(
                new EnvironmentRegistry(() -> environment(name), List.of()), new Guard(false), LockSettings.DEFAULT);
    }

    private MonarchEnvironment environment(String name) {
        return MonarchEnvironment.using(name, Protection.DEFAULT, mongo.client(), mongo.databaseName());
    }
}
