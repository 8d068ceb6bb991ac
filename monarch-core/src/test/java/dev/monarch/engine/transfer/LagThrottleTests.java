package dev.monarch.engine.transfer;

import java.time.Duration;

import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ServerDescription;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3)
class LagThrottleTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int BATCH = 1_000;

    @Test
    void theReadIsSlowWhileASecondaryLagsAndFastAgainAfterwards(TestMongo mongo) {
        try (MongoClient client = MongoClients.create(mongo.uri() + "&heartbeatFrequencyMS=500")) {
            LagThrottle backOff = new LagThrottle(
                    "live", client::getClusterDescription, Duration.ofSeconds(3), DataSize.ofBytes(BATCH * 10));
            assertThat(isSlow(backOff)).isFalse();

            try (MongoClient secondary = MongoClients.create(directly(secondary(client)))) {
                MongoDatabase admin = secondary.getDatabase("admin").withReadPreference(ReadPreference.nearest());
                admin.runCommand(new Document("fsync", 1).append("lock", true), ReadPreference.nearest());
                await().atMost(PATIENCE).until(() -> written(mongo) && isSlow(backOff));

                admin.runCommand(new Document("fsyncUnlock", 1), ReadPreference.nearest());
                await().atMost(PATIENCE).until(() -> written(mongo) && !isSlow(backOff));
            }
        }
    }

    private static boolean isSlow(LagThrottle backOff) {
        long since = System.nanoTime();
        backOff.pass(BATCH);
        return System.nanoTime() - since > Duration.ofMillis(90).toNanos();
    }

    /** A secondary can only lag if the primary has written. */
    private static boolean written(TestMongo mongo) {
        mongo.database().getCollection("dogs").insertOne(new Document());
        return true;
    }

    private static ServerDescription secondary(MongoClient client) {
        client.getDatabase("admin").runCommand(new Document("ping", 1), ReadPreference.secondary());
        return client.getClusterDescription().getServerDescriptions().stream()
                .filter(ServerDescription::isSecondary)
                .findAny()
                .orElseThrow();
    }

    private static String directly(ServerDescription server) {
        return "mongodb://" + server.getAddress() + "/?directConnection=true";
    }
}
