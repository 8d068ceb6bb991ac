package dev.monarch.backfill;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.mongodb.client.model.Filters;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static dev.monarch.backfill.TestBackfills.ID;
import static dev.monarch.backfill.TestBackfills.dogs;
import static dev.monarch.backfill.TestBackfills.insertDogs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Backfills are controlled by one process, and run in another one. */
@MongoTest
class BackfillControlTests {

    private static final int DOGS = 3000;

    /** It would take an hour. */
    private static final Rate SLOW = new Rate(null, 1L);

    @Test
    void aPauseAndARateWorkAtOnceAndAreKept(TestMongo mongo) throws Exception {
        insertDogs(mongo, DOGS);
        Backfills running = TestBackfills.of(mongo, new WeightInKg());
        Backfills control = TestBackfills.of(mongo, new WeightInKg());
        control.rate(ID, SLOW);
        CompletableFuture<BackfillStatus> run = CompletableFuture.supplyAsync(() -> running.run(ID));
        awaitStatus(control, status -> status.progress().done() > 0);

        control.pause(ID);
        awaitStatus(control, status -> status.state() == State.PAUSED);
        running.stop();
        // A batch that had begun before the pause has ended.
        BackfillStatus paused = run.get(1, TimeUnit.MINUTES);
        assertThat(paused.state()).isEqualTo(State.PAUSED);
        long done = paused.progress().done();
        assertThat(done).isLessThan(DOGS);

        Backfills next = TestBackfills.of(mongo, new WeightInKg());
        CompletableFuture<BackfillStatus> continued = CompletableFuture.supplyAsync(() -> next.run(ID));
        awaitStatus(control, status -> status.host() != null);
        assertThat(control.status(ID).state()).isEqualTo(State.PAUSED);
        assertThat(control.status(ID).rate().documentsPerSecond()).isEqualTo(1);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(done);

        control.resume(ID);
        awaitStatus(control, status -> status.progress().done() > done);
        control.rate(ID, Rate.DEFAULT);
        assertThat(continued.get(1, TimeUnit.MINUTES).state()).isEqualTo(State.DONE);
        assertThat(dogs(mongo).countDocuments(Filters.exists("kg"))).isEqualTo(DOGS);
    }

    @Test
    void aLaterBackfillWaitsForAnEarlierOneOfAnotherProcess(TestMongo mongo) throws Exception {
        insertDogs(mongo, 300);
        RegisteredBackfill first = new RegisteredBackfill(ID, new WeightInKg());
        RegisteredBackfill second = new RegisteredBackfill("202612021200-later", new DocumentBackfill() {
            @Override
            public BackfillSource source() {
                return BackfillSource.of("dogs", Filters.exists("later", false));
            }

            @Override
            public Change change(RawBsonDocument dog) {
                return Change.set("later", dog.containsKey("kg"));
            }
        });
        Backfills one = both(mongo, first, second);
        Backfills other = both(mongo, first, second);
        // Longer than the other one waits for a lock on a server without sessions.
        one.rate(ID, new Rate(null, 40L));
        CompletableFuture<Void> here = CompletableFuture.runAsync(one::runAll);
        awaitStatus(one, status -> status.progress().done() > 0);
        CompletableFuture<Void> there = CompletableFuture.runAsync(other::runAll);

        CompletableFuture.allOf(here, there).get(1, TimeUnit.MINUTES);
        assertThat(dogs(mongo).countDocuments(Filters.eq("later", true))).isEqualTo(300);
    }

    private static Backfills both(TestMongo mongo, RegisteredBackfill... backfills) {
        return new Backfills(TestBackfills.environment(mongo), BackfillSet.of(List.of(backfills)), TestBackfills.FULL);
    }

    private static BackfillStatus awaitStatus(Backfills backfills, Predicate<BackfillStatus> wanted) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> backfills.status(ID), wanted);
    }
}
