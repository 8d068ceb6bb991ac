package dev.monarch.backfill;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.Test;

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
        long done = awaitStatus(control, status -> status.state() == State.PAUSED)
                .progress()
                .done();
        assertThat(done).isLessThan(DOGS);

        running.stop();
        assertThat(run.get(1, TimeUnit.MINUTES).state()).isEqualTo(State.PAUSED);

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

    private static BackfillStatus awaitStatus(Backfills backfills, Predicate<BackfillStatus> wanted) {
        return await().atMost(Duration.ofMinutes(1)).until(() -> backfills.status(ID), wanted);
    }
}
