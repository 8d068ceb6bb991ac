package dev.monarch.engine.staging;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.OwnCollections;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The server writes its journal for the first portion of a collection and at the end of each batch, not for each portion: a
 * majority has a write when its members have it in the journal.
 */
class JournaledInsertsTests {

    private static final int DOCUMENTS = 6;

    private final Queue<Boolean> journaled = new ConcurrentLinkedQueue<>();

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theFirstPortionAndTheLastOfEachBatchAreJournaled(TestMongo mongo) {
        load(mongo, "{}");

        assertThat(journaled).containsExactly(true, false, true, false, false, true);
    }

    /** Their documents are not counted at the end, because the server may have removed some. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void everyPortionOfACappedCollectionIsJournaled(TestMongo mongo) {
        load(mongo, "{capped: true, size: 10000000}");

        assertThat(journaled).isNotEmpty().doesNotContain(false);
    }

    /** A portion of a gentle load holds one of these documents; a batch holds three. */
    private void load(TestMongo mongo, String options) {
        GivenDocuments source = new GivenDocuments()
                .inBatchesOf(3)
                .collection(
                        "dogs",
                        options,
                        List.of(),
                        IntStream.range(0, DOCUMENTS)
                                .mapToObj(id -> new RawBsonDocument(
                                        new BsonDocument("_id", new BsonInt32(id))
                                                .append("name", new BsonString("x".repeat(400_000))),
                                        MongoClientSettings.getDefaultCodecRegistry()
                                                .get(BsonDocument.class)))
                                .toList());
        StagingRequest request = new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, "monarch.history"),
                LoadOptions.DEFAULT,
                StagingRequest.DEFAULT_RENAME_LIMIT,
                TransferPace.of(Pace.GENTLE.withWorkers(1)));
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(mongo.uri()))
                        .addCommandListener(new Inserts())
                        .build());
                HeldLock lock = new EnvironmentLock(environment(mongo, client), LockSettings.DEFAULT)
                        .acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(
                        new ReplacementPlanner(environment(mongo, client), request), lock, null, -1)) {
            source.transferTo(staged);
            staged.load();
            staged.swap();
        }
        assertThat(mongo.database().getCollection("dogs").countDocuments()).isEqualTo(DOCUMENTS);
    }

    private static MonarchEnvironment environment(TestMongo mongo, MongoClient client) {
        return MonarchEnvironment.using("kennel", Protection.DEFAULT, client, mongo.databaseName());
    }

    private final class Inserts implements CommandListener {

        @Override
        public void commandStarted(CommandStartedEvent event) {
            BsonDocument command = event.getCommand();
            if (event.getCommandName().equals("insert")
                    && command.getString("insert").getValue().startsWith(OwnCollections.STAGING_PREFIX)) {
                journaled.add(new BsonString("majority")
                        .equals(command.getDocument("writeConcern").get("w")));
            }
        }
    }
}
