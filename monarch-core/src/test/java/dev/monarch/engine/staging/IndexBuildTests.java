package dev.monarch.engine.staging;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An index counts as built only when its build has ended. */
class IndexBuildTests {

    private static final List<BsonDocument> INDEXES = List.of(BsonDocument.parse("{name: 'name_1', key: {name: 1}}"));

    private final AtomicInteger lost = new AtomicInteger();

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void aBuildThatOutlivesItsClientIsAwaited(TestMongo mongo) throws Exception {
        StagedDatabaseTests.fill(mongo.database(), "dogs", 10);
        hang(mongo, "alwaysOn");
        CompletableFuture<Void> creation;
        try (MongoClient impatient = impatient(mongo)) {
            MongoDatabase database = impatient.getDatabase(mongo.databaseName());
            creation = CompletableFuture.runAsync(() -> new IndexCreation(database, "dogs").run(INDEXES));
            await().until(() -> lost.get() > 0);

            IndexComparison meanwhile = IndexComparison.of(mongo.database(), "dogs", INDEXES);
            assertThat(meanwhile.building()).containsExactly("name_1");
            assertThat(meanwhile.isComplete()).isFalse();
            assertThat(meanwhile.describe()).isEqualTo("the index 'name_1' (still being built)");
            assertThat(creation).isNotDone();

            hang(mongo, "off");
            creation.get(60, TimeUnit.SECONDS);
        }
        assertThat(IndexComparison.of(mongo.database(), "dogs", INDEXES).isComplete())
                .isTrue();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true)
    void aBuildThatFailsWithoutItsClientIsStartedAgain(TestMongo mongo) throws Exception {
        StagedDatabaseTests.fill(mongo.database(), "dogs", 10);
        hang(mongo, "alwaysOn");
        try (MongoClient impatient = impatient(mongo)) {
            MongoDatabase database = impatient.getDatabase(mongo.databaseName());
            CompletableFuture<Void> creation =
                    CompletableFuture.runAsync(() -> new IndexCreation(database, "dogs").run(INDEXES));
            await().until(() -> lost.get() > 0);
            abortBuild(mongo);
            hang(mongo, "off");

            creation.get(60, TimeUnit.SECONDS);
        }
        assertThat(IndexComparison.of(mongo.database(), "dogs", INDEXES).isComplete())
                .isTrue();
    }

    /** Since 4.4 dropping an index that is still being built ends its build; a killed operation may end 5.0 itself. */
    private static void abortBuild(TestMongo mongo) {
        mongo.database().runCommand(new Document("dropIndexes", "dogs").append("index", List.of("name_1")));
    }

    private static void hang(TestMongo mongo, String mode) {
        mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("configureFailPoint", "hangAfterStartingIndexBuild").append("mode", mode));
    }

    private MongoClient impatient(TestMongo mongo) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(mongo.uri()))
                .applyToSocketSettings(socket -> socket.readTimeout(500, TimeUnit.MILLISECONDS))
                .addCommandListener(new CommandListener() {

                    @Override
                    public void commandFailed(CommandFailedEvent event) {
                        if (event.getCommandName().equals("createIndexes")) {
                            lost.incrementAndGet();
                        }
                    }
                })
                .build());
    }
}
