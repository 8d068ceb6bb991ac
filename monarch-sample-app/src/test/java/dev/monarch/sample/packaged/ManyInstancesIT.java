package dev.monarch.sample.packaged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.sample.packaged.Watcher.FirstAnswer;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A deployment: ten instances start at the same time on one empty database. */
@MongoTest(topology = Topology.REPLICA_SET, own = true)
class ManyInstancesIT {

    private static final int INSTANCES = 10;

    private static final long PROFILE_BYTES = 64 * 1024 * 1024;

    private final List<Kennel> kennels = new ArrayList<>();

    private final TestMongo mongo;

    ManyInstancesIT(TestMongo mongo) {
        this.mongo = mongo;
    }

    /** Profiles every operation on the test's database. */
    @BeforeEach
    void profile() {
        MongoDatabase database = mongo.database();
        database.createCollection(
                "system.profile", new CreateCollectionOptions().capped(true).sizeInBytes(PROFILE_BYTES));
        database.runCommand(new Document("profile", 2));
    }

    @AfterEach
    void stop() {
        kennels.forEach(Kennel::close);
    }

    @Test
    void eachMigrationRunsOnceAndNoInstanceServesBeforeTheLastOneIsApplied() {
        List<Integer> ports = Ports.free(INSTANCES);
        Watcher watcher = new Watcher(mongo, ports);
        assertThat(watcher.look())
                .as("an instance serves before it has started")
                .isFalse();

        for (int port : ports) {
            kennels.add(Kennel.startExtracted("--server.port=" + port, "--spring.mongodb.uri=" + mongo.uri()));
        }
        await().atMost(Kennel.PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            kennels.forEach(Kennel::requireNotFailed);
            return watcher.look();
        });
        mongo.database().runCommand(new Document("profile", 0));

        assertThat(watcher.answers())
                .hasSize(INSTANCES)
                .allSatisfy((port, answer) -> assertThat(answer).isEqualTo(new FirstAnswer(200, Kennel.MIGRATIONS)));
        assertThat(history())
                .containsExactlyElementsOf(Kennel.MIGRATIONS.stream()
                        .map(id -> id + ": APPLIED, 1 attempt, [RUNNING, APPLIED]")
                        .toList());
        assertThat(kennels.stream().flatMap(kennel -> kennel.applied().stream()).toList())
                .as("applied migrations in the logs of all instances")
                .containsExactlyElementsOf(Kennel.MIGRATIONS);
        assertThat(writes("dog_houses", "{op: 'update'}")).isEqualTo(300);
        assertThat(writes("dogs", "{op: 'update'}"))
                .as("two for each, and the one that renames")
                .isEqualTo(4_001);
        assertThat(writes("accounts", "{op: 'update'}")).as("two for each").isEqualTo(2_000);
        assertThat(writes("accounts", "{'command.createIndexes': {$exists: true}}"))
                .isEqualTo(1);
        kennels.forEach(kennel -> assertThat(kennel.get("/dogs/dog-2000")).contains("weightInKg"));
    }

    /** Returns how many writes the server received from all clients. One statement of a bulk write counts as one. */
    private long writes(String collection, String profileFilter) {
        Document filter = Document.parse(profileFilter).append("ns", mongo.databaseName() + "." + collection);
        return mongo.database().getCollection("system.profile").countDocuments(filter);
    }

    private List<String> history() {
        return mongo.database()
                .getCollection("monarch.history")
                .find()
                .sort(new Document("_id.id", 1))
                .map(entry -> "%s: %s, %s attempt, %s"
                        .formatted(
                                entry.getEmbedded(List.of("_id", "id"), String.class),
                                entry.get("state"),
                                entry.get("attempts"),
                                entry.getList("trail", Document.class).stream()
                                        .map(step -> step.getString("state"))
                                        .collect(Collectors.toList())))
                .into(new ArrayList<>());
    }
}
