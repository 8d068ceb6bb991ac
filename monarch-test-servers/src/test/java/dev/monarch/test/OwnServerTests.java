package dev.monarch.test;

import java.io.IOException;
import java.time.Duration;

import com.mongodb.MongoCommandException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real servers, each test with its own: skipped where there is none. */
@MongoTest(own = true)
class OwnServerTests {

    @Test
    void isAReplicaSetOfOne(TestMongo mongo) {
        assertThat(mongo.isReal()).isTrue();
        assertThat(mongo.topology()).isEqualTo(Topology.REPLICA_SET);
        assertThat(mongo.description()).endsWith(", replica set of 1");
        try (ClientSession session = mongo.client().startSession()) {
            session.startTransaction();
            things(mongo).insertOne(session, new Document("_id", 1));
            session.commitTransaction();
        }
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
    }

    @Test
    @MongoTest(own = true, topology = Topology.STANDALONE)
    void canBeStandalone(TestMongo mongo) {
        assertThat(mongo.topology()).isEqualTo(Topology.STANDALONE);
        assertThat(mongo.description()).endsWith(", standalone");
        assertThat(hello(mongo).containsKey("setName")).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(mongo::awaitPrimary)
                .withMessage(mongo.description() + " has no primary");
        things(mongo).insertOne(new Document("_id", 1));
        mongo.stop();
        mongo.start();
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
    }

    @Test
    @MongoTest(own = true, accessControl = true)
    void requiresAuthentication(TestMongo mongo) {
        assertThat(mongo.description()).endsWith(", replica set of 1, with access control");
        things(mongo).insertOne(new Document("_id", 1));
        assertThatAuthenticationIsRequired(mongo);
        mongo.stop();
        mongo.start();
        mongo.stepDown(Duration.ofSeconds(1));
        mongo.awaitPrimary();
        assertThat(things(mongo).countDocuments()).isEqualTo(1);
        assertThatAuthenticationIsRequired(mongo);
    }

    @Test
    @MongoTest(own = true, topology = Topology.STANDALONE, accessControl = true)
    void requiresAuthenticationWhenStandalone(TestMongo mongo) {
        things(mongo).insertOne(new Document("_id", 1));
        assertThatAuthenticationIsRequired(mongo);
    }

    private static void assertThatAuthenticationIsRequired(TestMongo mongo) {
        String nobody = mongo.uri().replaceAll("//.*@|authSource=\\w+", "//").replaceAll("[?&]//$", "");
        try (MongoClient client = MongoClients.create(nobody)) {
            assertThatExceptionOfType(MongoCommandException.class)
                    .isThrownBy(() -> client.getDatabase(mongo.databaseName())
                            .getCollection("things")
                            .countDocuments())
                    .withMessageContaining("requires authentication");
        }
    }

    @Test
    void endsWithAKilledJvm(TestMongo mongo) throws IOException {
        assumeTrue(mongo.kind() == ServerKind.MONGOD, "needs a mongod binary; runs on " + mongo.description());
        Process jvm = Abandoned.jvm("mongod");
        String uri = jvm.inputReader().readLine();
        ProcessHandle mongod;
        try (MongoClient client = MongoClients.create(uri)) {
            Document status = client.getDatabase("admin").runCommand(new Document("serverStatus", 1));
            mongod = ProcessHandle.of(status.get("pid", Number.class).longValue())
                    .orElseThrow();
        }
        assertThat(mongod.isAlive()).isTrue();
        jvm.destroyForcibly();
        await().until(() -> !mongod.isAlive());
    }

    private static MongoCollection<Document> things(TestMongo mongo) {
        return mongo.database().getCollection("things");
    }

    private static Document hello(TestMongo mongo) {
        return mongo.client().getDatabase("admin").runCommand(new Document("hello", 1));
    }
}
