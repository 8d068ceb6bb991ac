package dev.monarch.engine.transfer;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.mongodb.ReadPreference;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The mode and the rate of a pace change at once; its workers stay. */
class TransferPaceTests {

    @Test
    void othersComeFirstUnlessASnapshotWouldExpire() {
        TransferPace pace = TransferPace.of(Pace.GENTLE);
        assertThat(pace.isConsiderate()).isTrue();

        pace.keepAbove(1024);

        await().atMost(Duration.ofMinutes(1)).until(() -> !pace.isConsiderate());
        pace.pass(1024 * 1024);
        assertThat(pace.isConsiderate()).isTrue();
    }

    @Test
    void atFullPaceOthersDoNotComeFirst() {
        assertThat(TransferPace.of(Pace.FULL).isConsiderate()).isFalse();
    }

    @Test
    void whatAChangeLeavesOpenIsAsAtTheStart() {
        Pace begun = Pace.GENTLE.atMost(DataSize.ofMegabytes(5)).withWorkers(2).readingFrom(ReadPreference.secondary());
        TransferPace pace = TransferPace.of(begun);

        pace.change(Pace.of("20MB").withWorkers(9).readingFrom(ReadPreference.nearest()));
        assertThat(pace.current()).isEqualTo(begun.in(Pace.Mode.FULL).atMost(DataSize.ofMegabytes(20)));
        assertThat(pace.workers()).isEqualTo(2);
        assertThat(pace.member()).isEqualTo(ReadPreference.secondary());

        pace.change(Pace.FULL);
        assertThat(pace.current()).isEqualTo(begun.in(Pace.Mode.FULL));
        pace.change(Pace.DEFAULT);
        assertThat(pace.current()).isEqualTo(begun);
    }

    @Test
    @MongoTest
    void theServerIsMeasuredFromTheChangeToGentleToTheChangeToFull(TestMongo mongo) {
        TransferPace pace = TransferPace.of(Pace.FULL);
        try (TransferPace.Observation observed =
                pace.observe(KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()), false)) {
            observed.start();
            assertThat(isMeasuring()).isFalse();
            int batch = pace.batchBytes();

            pace.change(Pace.GENTLE);
            assertThat(isMeasuring()).isTrue();
            assertThat(pace.batchBytes()).isLessThan(batch);
            assertThat(pace.compressorPriority()).isEqualTo(Thread.MIN_PRIORITY);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> pace.passWrite(Integer.MAX_VALUE));

            pace.change(Pace.FULL);
            await().untilAsserted(() -> assertThat(isMeasuring()).isFalse());
            await().until(waiting::isDone);
            assertThat(pace.batchBytes()).isEqualTo(batch);
        }
    }

    private static boolean isMeasuring() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("monarch-pace"));
    }

    @Test
    void aThreadThatWaitsForTheRateFollowsItsChange() {
        TransferPace pace = TransferPace.of(Pace.FULL.atMost(DataSize.ofBytes(1)));
        Thread waiting = new Thread(() -> pace.pass(1024 * 1024));
        waiting.setDaemon(true);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        pace.change(Pace.of("1024MB"));

        await().until(() -> !waiting.isAlive());
    }
}
