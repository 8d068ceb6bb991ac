package dev.monarch.engine.transfer;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class DatabaseProbeTests {

    @Test
    void itChangesNothing(TestMongo mongo) {
        MongoCollection<Document> lock = mongo.database().getCollection(OwnCollections.LOCK);
        Document held = new Document("_id", "environment").append("fence", 1);
        lock.insertOne(held);

        assertThat(probe(mongo.client(), mongo).measure()).isPositive();

        assertThat(lock.find()).containsExactly(held);
        assertThat(mongo.database().listCollectionNames()).containsExactly(OwnCollections.LOCK);
    }

    @Test
    void withoutThePrivilegeForTheStatusItAsksOnce(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            DatabaseProbe probe = probe(client, mongo);
            line.fail("serverStatus", 100, Fault.error(13, "Unauthorized"));

            assertThat(probe.reported()).isZero();
            assertThat(probe.reported()).isZero();

            assertThat(line.left()).isEqualTo(99);
            assertThat(probe.measure()).isPositive();
        }
    }

    @Test
    void withoutThePrivilegeToReadItPings(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            DatabaseProbe probe = probe(client, mongo);
            line.fail("find", 1, Fault.error(13, "Unauthorized"));

            probe.measure();
            probe.measure();

            assertThat(line.commands()).extracting(BsonDocument::getFirstKey).contains("ping");
        }
    }

    @Test
    void queuesFlowControlAndSlowReadsOfOthersAreLoad(TestMongo mongo) {
        assertThat(reported(mongo, status(24, false, 0))).isEqualTo(3);
        assertThat(reported(mongo, status(0, true, 0))).isEqualTo(2);
        assertThat(reported(mongo, status(0, false, 0))).isZero();
        assertThat(reported(mongo, status(0, false, 100))).isGreaterThan(1);
    }

    /** Returns what is reported the second time, after so many reads of 50 ms. */
    private static double reported(TestMongo mongo, BsonDocument status) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri())) {
            DatabaseProbe probe = probe(client, mongo);
            line.amend("serverStatus", answer -> status(0, false, 0).append("ok", new BsonInt32(1)));
            probe.reported();
            line.amend("serverStatus", answer -> status.append("ok", new BsonInt32(1)));
            return probe.reported();
        }
    }

    private static BsonDocument status(int queued, boolean lagged, int slow) {
        BsonDocument reads = new BsonDocument("ops", new BsonInt64(1_000_000 + slow))
                .append("latency", new BsonInt64(1_000_000L * 100 + slow * 50_000L));
        return new BsonDocument(
                        "globalLock",
                        new BsonDocument("currentQueue", new BsonDocument("total", new BsonInt32(queued))))
                .append("flowControl", new BsonDocument("isLagged", BsonBoolean.valueOf(lagged)))
                .append("opLatencies", new BsonDocument("reads", reads));
    }

    private static DatabaseProbe probe(MongoClient client, TestMongo mongo) {
        MonarchEnvironment environment = KennelDatabase.environment("kennel", client, mongo.databaseName());
        return new DatabaseProbe(environment, ReadPreference.primary(), true);
    }
}
