package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The next contact removes the loaded data of a dead process, but not that of a live one. */
class AbandonedLoadTests {

    private static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMillis(100));

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theNextStartRemovesTheLoadAfterItsLeaseHasExpired(TestMongo mongo) {
        MonarchEnvironment environment =
                MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), mongo.databaseName());
        try (MongoClient dying = MongoClients.create(mongo.uri())) {
            MonarchEnvironment target =
                    MonarchEnvironment.using("kennel", Protection.DEFAULT, dying, mongo.databaseName());
            HeldLock lock = new EnvironmentLock(target, LOCK).acquire("test", null, event -> {});
            StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request()), lock, null, -1);
            new GivenDocuments().collection("dogs", List.of(), "{_id: 1}").transferTo(staged);
            staged.load();

            assertThat(new InterruptedSwaps(environment).endIfAny(LOCK)).isFalse();
            assertThat(staging(mongo)).hasSize(1);
        }

        await().until(() -> new InterruptedSwaps(environment).endIfAny(LOCK));

        StagedDatabaseTests.assertNothingIsLeft(mongo.database());
    }

    private static List<String> staging(TestMongo mongo) {
        return mongo.database().listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> name.startsWith("monarch.stage."))
                .toList();
    }

    private static StagingRequest request() {
        return new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, "monarch.history", Option.ACCEPT_LOST_WRITES),
                LoadOptions.DEFAULT,
                StagingRequest.DEFAULT_RENAME_LIMIT);
    }
}
