package dev.monarch.backfill;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.connection.ServerDescription;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.engine.transfer.ReplicationLag;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A secondary stops to apply what its primary writes. */
@MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3)
class BackfillLagTests {

    private static final int DOGS = 10_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void aBackfillWaitsWhileASecondaryLagsAndGoesOnThen(TestMongo mongo) throws Exception {
        insertDogs(mongo, DOGS);
        MonarchEnvironment environment = TestBackfills.environment(mongo);
        // It would take 100 seconds.
        BackfillSettings settings = new BackfillSettings(
                "monarch.history", "default", TestBackfills.QUICK_LOCK, new Rate(1.0, 100L), true, 1000);
        Backfills backfills = TestBackfills.of(environment, new WeightInKg(), settings);
        try (MongoClient secondary = secondary(mongo)) {
            secondary.getDatabase("admin").runCommand(new Document("fsync", 1).append("lock", true));
            CompletableFuture<BackfillStatus> run = CompletableFuture.supplyAsync(() -> backfills.run(ID));
            ReplicationLag lag = new ReplicationLag(environment);
            await().atMost(PATIENCE).until(lag::isTooLong);

            await("no progress for three seconds")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(3))
                    .until(new Standstill(mongo)::isReached);
            assertThat(done(mongo)).isBetween(1L, DOGS - 1L);
            assertThat(lag.isTooLong()).isTrue();

            long waited = done(mongo);
            secondary.getDatabase("admin").runCommand(new Document("fsyncUnlock", 1));
            await().atMost(PATIENCE).until(() -> done(mongo) > waited);
            backfills.rate(ID, new Rate(1.0, 1_000_000L));
            assertThat(run.get(2, TimeUnit.MINUTES).state()).isEqualTo(State.DONE);
        }
    }

    private static long done(TestMongo mongo) {
        return dogs(mongo).countDocuments(Filters.exists("kg"));
    }

    private static MongoClient secondary(TestMongo mongo) {
        ServerAddress address = await().atMost(PATIENCE)
                .until(
                        () -> mongo.client().getClusterDescription().getServerDescriptions().stream()
                                .filter(ServerDescription::isSecondary)
                                .map(ServerDescription::getAddress)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        return MongoClients.create("mongodb://" + address + "/?directConnection=true");
    }

    /** Compares with the look before. */
    private static final class Standstill {

        private final TestMongo mongo;

        private long before = -1;

        private Standstill(TestMongo mongo) {
            this.mongo = mongo;
        }

        private boolean isReached() {
            long now = done(mongo);
            boolean same = now == before;
            before = now;
            return same;
        }
    }
}
