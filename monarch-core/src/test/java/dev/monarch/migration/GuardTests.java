package dev.monarch.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoSocketException;
import com.mongodb.ServerApi;
import com.mongodb.ServerApiVersion;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.connection.ServerType;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.MigrationFailedException;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** No attempt runs while operations of an earlier one still run on the server, whatever the options of the connection. */
@MongoTest(topology = Topology.REPLICA_SET)
class GuardTests {

    @Test
    void operationsOfAClientThatDisconnectedAreEnded(TestMongo mongo) {
        assertThatNoOperationIsRunning(mongo);
    }

    @Test
    @MongoTest(own = true, topology = Topology.STANDALONE)
    void operationsOfAClientThatDisconnectedAreEndedOnAStandaloneServer(TestMongo mongo) {
        assertThatNoOperationIsRunning(mongo);
    }

    private static void assertThatNoOperationIsRunning(TestMongo mongo) {
        fill(mongo);
        AtomicInteger atWork = new AtomicInteger(-1);
        MongoClientSettings settings = settings(mongo, "socketTimeoutMS=1000").build();
        try (MongoClient client = MongoClients.create(settings);
                MonarchEnvironment environment = environment(mongo, client, settings)) {
            TestMigrations migrations = TestMigrations.on(environment).with("1", MigrationProcess::updateSlowly);

            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

            assertThat(updatesAtWork(mongo)).isZero();
            assertThat(migrations.entry("1").state()).isEqualTo(MigrationState.FAILED);
            assertThat(migrations.entry("1").session()).isNull();
            assertThat(migrations.lockDocument().getArray("abandoned", new BsonArray()))
                    .isEmpty();

            TestMigrations.on(environment)
                    .with("1", context -> atWork.set(updatesAtWork(mongo)))
                    .migrate();
            assertThat(atWork).hasValue(0);
        }
    }

    /** The process dies between its entry and the release of the lock, and the lock is removed manually. */
    @Test
    void operationsOfAFailedMigrationAreEnded(TestMongo mongo) {
        fill(mongo);
        MongoClientSettings settings = settings(mongo, "socketTimeoutMS=1000").build();
        try (MongoClient client = MongoClients.create(settings);
                MonarchEnvironment environment = environment(mongo, client, settings);
                ClientSession session = client.startSession()) {
            TestMigrations failing = TestMigrations.on(environment).with("1", context -> {
                throw new IllegalStateException("no bones left");
            });
            assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(failing::migrate);
            mongo.database()
                    .getCollection("monarch.history")
                    .updateOne(
                            Filters.eq("state", "FAILED"),
                            new Document(
                                    "$set",
                                    new Document(
                                            "session",
                                            session.getServerSession().getIdentifier())));
            assertThatExceptionOfType(MongoSocketException.class)
                    .isThrownBy(() -> MigrationProcess.updateSlowly(
                            client.getDatabase(mongo.databaseName()).getCollection("dogs"), session));
            assertThat(updatesAtWork(mongo)).isEqualTo(1);

            AtomicInteger atWork = new AtomicInteger(-1);
            TestMigrations.on(environment)
                    .with("1", context -> atWork.set(updatesAtWork(mongo)))
                    .migrate();

            assertThat(atWork).hasValue(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readConcernLevel=majority",
                "readConcernLevel=snapshot",
                "readConcernLevel=linearizable",
                "readConcernLevel=available",
                "readPreference=secondaryPreferred",
                "w=0",
                "timeoutMS=20000"
            })
    void theNextRunWaitsForOperationsOfADeadOneWhateverTheConnectionOptions(String option, TestMongo mongo) {
        assertThatTheNextRunWaits(mongo, settings(mongo, option).build());
    }

    @Test
    void aStrictStableApiDoesNotHideOperationsOfADeadRun(TestMongo mongo) {
        assertThatTheNextRunWaits(
                mongo,
                settings(mongo, "retryReads=true")
                        .serverApi(ServerApi.builder()
                                .version(ServerApiVersion.V1)
                                .strict(true)
                                .deprecationErrors(true)
                                .build())
                        .build());
    }

    @Test
    @MongoTest(own = true, members = 3)
    void operationsAreQueriedOnThePrimary(TestMongo mongo) {
        List<ServerType> asked = new ArrayList<>();
        assertThatTheNextRunWaits(
                mongo,
                settings(mongo, "readPreference=secondary")
                        .addCommandListener(new CommandListener() {
                            @Override
                            public void commandStarted(CommandStartedEvent event) {
                                if (event.getCommand().toString().contains("$currentOp")) {
                                    asked.add(event.getConnectionDescription().getServerType());
                                }
                            }
                        })
                        .build());
        assertThat(asked).isNotEmpty().containsOnly(ServerType.REPLICA_SET_PRIMARY);
    }

    private static void assertThatTheNextRunWaits(TestMongo mongo, MongoClientSettings settings) {
        fill(mongo);
        try (MongoClient dying = MongoClients.create(
                        settings(mongo, "socketTimeoutMS=1000").build());
                ClientSession session = dying.startSession()) {
            TestMigrations.on(mongo).with("0", context -> {}).migrate();
            leaveARunThatDied(mongo, session.getServerSession().getIdentifier());
            assertThatExceptionOfType(MongoSocketException.class)
                    .isThrownBy(() -> MigrationProcess.updateSlowly(
                            dying.getDatabase(mongo.databaseName()).getCollection("dogs"), session));
            assertThat(updatesAtWork(mongo)).isEqualTo(1);

            AtomicInteger atWork = new AtomicInteger(-1);
            try (MongoClient client = MongoClients.create(settings);
                    MonarchEnvironment environment = environment(mongo, client, settings)) {
                TestMigrations.on(environment)
                        .with("0", context -> {})
                        .with("1", context -> atWork.set(updatesAtWork(mongo)))
                        .migrate();
            }
            assertThat(atWork).hasValue(0);
        }
    }

    private static void leaveARunThatDied(TestMongo mongo, BsonDocument session) {
        mongo.database()
                .getCollection("monarch.history")
                .insertOne(new Document("_id", new Document("scope", "default").append("id", "1"))
                        .append("state", "RUNNING")
                        .append("attempts", 1)
                        .append("session", session));
    }

    private static void fill(TestMongo mongo) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(IntStream.range(0, 3_000)
                        .mapToObj(i -> new Document("_id", i))
                        .toList());
    }

    private static MongoClientSettings.Builder settings(TestMongo mongo, String option) {
        String uri = mongo.uri();
        return MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri + (uri.contains("?") ? "&" : "?") + option));
    }

    private static MonarchEnvironment environment(TestMongo mongo, MongoClient client, MongoClientSettings settings) {
        return MonarchEnvironment.using(
                "test", Protection.DEFAULT, client, mongo.databaseName(), () -> Optional.of(settings));
    }

    private static int updatesAtWork(TestMongo mongo) {
        return mongo.client()
                .getDatabase("admin")
                .aggregate(List.of(
                        new Document("$currentOp", new Document("allUsers", true)),
                        new Document(
                                "$match", new Document("ns", mongo.databaseName() + ".dogs").append("op", "update"))))
                .into(new ArrayList<>())
                .size();
    }
}
