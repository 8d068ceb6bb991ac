package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.migration.MigrationSettings.OtherHistories;
import dev.monarch.migration.MigrationSettings.OutOfOrder;
import dev.monarch.migration.MigrationSettings.UnknownMigrations;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class RaceTests {

    private static final int RACES = Integer.getInteger("monarch.proof.races", 20);

    /** The number of migrations. */
    private static final String INSIDE = "inside";

    /** Long enough for the other migrator to start, if nothing prevents it. */
    private static final Duration TIME_INSIDE = Duration.ofMillis(1);

    @Test
    void twoMigratorsNeverRunAtTheSameTime(TestMongo mongo) throws Exception {
        long seed = Long.getLong("monarch.proof.seed", System.nanoTime());
        System.out.println("Races: " + RACES + ", monarch.proof.seed=" + seed);
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                String scope = "race-" + race;
                counters(mongo).insertOne(new Document("_id", scope));
                List<Future<MigrationReport>> runs = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    long delay = random.nextInt(3_000_000);
                    runs.add(threads.submit(() -> {
                        LockSupport.parkNanos(delay);
                        return racer(mongo, scope).migrate();
                    }));
                }
                int applied = 0;
                for (Future<MigrationReport> run : runs) {
                    applied += run.get(60, TimeUnit.SECONDS).applied().size();
                }
                assertThat(counters(mongo).find(Filters.eq(scope)).first())
                        .as(scope + ", monarch.proof.seed=" + seed)
                        .containsAllEntriesOf(Map.of("1", 1, "2", 1, "3", 1, INSIDE, 0));
                assertThat(applied).isEqualTo(3);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static TestMigrations racer(TestMongo mongo, String scope) {
        TestMigrations migrations = TestMigrations.on(mongo)
                .settings(new MigrationSettings(
                        "monarch.history",
                        scope,
                        UnknownMigrations.FAIL,
                        OutOfOrder.REFUSE,
                        1,
                        OtherHistories.REFUSE,
                        TestMigrations.QUICK_LOCK,
                        MigrationSettings.DEFAULT.warnAfter(),
                        MigrationSettings.DEFAULT.warnEvery()));
        for (String id : List.of("1", "2", "3")) {
            migrations.with(id, context -> count(mongo, scope, id));
        }
        return migrations;
    }

    /** Counts each run on the server, where no count is lost, and fails if the other migrator runs at the same time. */
    private static void count(TestMongo mongo, String scope, String id) {
        Document entered = counters(mongo)
                .findOneAndUpdate(
                        Filters.eq(scope),
                        Updates.combine(Updates.inc(id, 1), Updates.inc(INSIDE, 1)),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        LockSupport.parkNanos(TIME_INSIDE.toNanos());
        counters(mongo).updateOne(Filters.eq(scope), Updates.inc(INSIDE, -1));
        assertThat(entered)
                .as("two migrators are in migration %s of %s", id, scope)
                .containsEntry(INSIDE, 1);
    }

    private static MongoCollection<Document> counters(TestMongo mongo) {
        return mongo.database().getCollection("counter");
    }
}
