package dev.monarch.backfill;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

import dev.monarch.OperationInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.backfill.BackfillStatus.BackfillProgress;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.TestBackfills.WeightInKg;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A listener receives the start, the progress and the end of each run. */
@MongoTest
class BackfillListenerTests {

    private static final BackfillSettings SLOW = new BackfillSettings(
            "monarch.history", "default", TestBackfills.QUICK_LOCK, new Rate(1.0, 50L), false, 1000);

    private final List<OperationEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void aRunThatIsDone(TestMongo mongo) {
        TestBackfills.insertDogs(mongo, 3);

        TestBackfills.of(mongo, new WeightInKg()).listening(events::add).run(TestBackfills.ID);

        assertThat(events).hasSize(2);
        Operation operation = events.get(0).operation();
        assertThat(events.get(0)).isEqualTo(new OperationEvent.Started(operation));
        assertThat(operation.kind()).isEqualTo(Operation.Kind.BACKFILL);
        assertThat(operation.environment()).isEqualTo("test");
        assertThat(operation.subject()).isEqualTo(TestBackfills.ID);
        assertThat(events.get(1)).isInstanceOfSatisfying(OperationEvent.Succeeded.class, succeeded -> {
            assertThat(succeeded.operation()).isEqualTo(operation);
            assertThat(succeeded.result())
                    .isInstanceOfSatisfying(
                            BackfillProgress.class,
                            progress -> assertThat(progress.done()).isEqualTo(3));
        });
    }

    @Test
    void aRunThatFails(TestMongo mongo) {
        TestBackfills.insertDogs(mongo, 3);

        TestBackfills.of(mongo, new Heavy()).listening(events::add).run(TestBackfills.ID);

        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        OperationEvent.Failed.class,
                        failed -> assertThat(failed.error())
                                .isInstanceOf(TransferFailedException.class)
                                .hasMessage(
                                        "Could not run backfill '202612011200-weight-in-kg' on 'test': 3 documents could not be"
                                                + " changed, and were set aside."));
    }

    @Test
    void aRunThatIsStopped(TestMongo mongo) {
        TestBackfills.insertDogs(mongo, 5000);
        Backfills backfills = TestBackfills.of(TestBackfills.environment(mongo), new WeightInKg(), SLOW)
                .listening(events::add);
        CompletableFuture<?> run = CompletableFuture.runAsync(() -> backfills.run(TestBackfills.ID));
        await().until(() -> events.stream()
                .anyMatch(event -> event instanceof OperationEvent.Progressed progressed
                        && progressed.documents() > 0
                        && progressed.phase().equals("pass 1")));

        backfills.stop();
        run.join();

        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        OperationEvent.Failed.class,
                        failed -> assertThat(failed.error()).isInstanceOf(OperationInterruptedException.class));
    }

    private static final class Heavy extends WeightInKg {

        @Override
        public Change change(RawBsonDocument dog) {
            throw new IllegalStateException("too heavy");
        }
    }
}
