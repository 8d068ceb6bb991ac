package dev.monarch.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

@MongoTest
class RaceTests {

    private static final int RACES = Integer.getInteger("monarch.proof.races", 20);

    @Test
    void twoMigratorsOverACounterThatBreaksIfBothRun(TestMongo mongo) throws Exception {
        long seed = Long.getLong("monarch.proof.seed", System.nanoTime());
        System.out.println("Races: " + RACES + ", monarch.proof.seed=" + seed);
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int race = 0; race < RACES; race++) {
                String scope = "race-" + race;
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
                assertThat(counter(mongo).find(Filters.eq(scope)).first())
                        .as(scope + ", monarch.proof.seed=" + seed)
                        .containsEntry("value", 3);
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
                        TestMigrations.QUICK_LOCK));
        for (String id : List.of("1", "2", "3")) {
            migrations.with(id, context -> increment(mongo, scope));
        }
        return migrations;
    }

    /** Reads, waits for the other to read the same, and writes: two at once lose one. */
    private static void increment(TestMongo mongo, String scope) {
        Document before = counter(mongo).find(Filters.eq(scope)).first();
        int value = before == null ? 0 : before.getInteger("value");
        Thread.yield();
        counter(mongo)
                .replaceOne(
                        Filters.eq(scope),
                        new Document("_id", scope).append("value", value + 1),
                        new ReplaceOptions().upsert(true));
    }

    private static MongoCollection<Document> counter(TestMongo mongo) {
        return mongo.database().getCollection("counter");
    }
}
