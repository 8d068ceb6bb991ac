package dev.monarch.engine.backfill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.transfer.TransferPace;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A backfill without other limits backs off from a server that answers late or reports flow control. */
@MongoTest
@Execution(ExecutionMode.CONCURRENT)
class BackfillThrottleTests {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So many small documents count as 2 MB. */
    private static final int CHANGED = 1_024;

    private static final int BATCH = 128;

    /** Less than three megabytes in a second. The lowest pace is one. */
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(700);

    /** More than five megabytes in a second. The first pace is eight. */
    private static final long FAST = TimeUnit.MILLISECONDS.toNanos(400);

    /** What an answer always takes at least: next to it, what else this machine does is no load. */
    private static final long CALM = TimeUnit.MILLISECONDS.toNanos(30);

    /** Far longer than an answer takes on a busy machine. */
    private static final long LATENCY = TimeUnit.MILLISECONDS.toNanos(200);

    private volatile boolean loaded;

    @Test
    void flowControlSlowsItDownUntilItEnds(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.amend("find", BackfillThrottleTests::calm);
            line.amend("update", BackfillThrottleTests::calm);
            line.amend("serverStatus", this::lagging);
            assertThatItBacksOff(mongo, line);
        }
    }

    @Test
    void latencySlowsItDownUntilItEnds(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo)) {
            line.amend("find", this::late);
            line.amend("update", this::late);
            assertThatItBacksOff(mongo, line);
        }
    }

    @Test
    void withoutBackOffItIsNotSlowedDown(TestMongo mongo) {
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = MongoClients.create(line.uri());
                BackfillThrottle throttle = throttle(client, mongo, false)) {
            throttle.start();

            assertThat(duration(throttle, 50 * CHANGED)).isLessThan(SLOW);
            assertThat(line.commands()).extracting(BsonDocument::getFirstKey).doesNotContain("update", "serverStatus");
        }
    }

    private void assertThatItBacksOff(TestMongo mongo, FaultyLine line) {
        try (MongoClient client = MongoClients.create(line.uri());
                BackfillThrottle throttle = throttle(client, mongo, true)) {
            throttle.start();
            awaitThat("full speed", throttle, nanos -> nanos < FAST);

            loaded = true;
            awaitThat("back-off", throttle, nanos -> nanos > SLOW);

            loaded = false;
            awaitThat("full speed again", throttle, nanos -> nanos < FAST);
        }
    }

    /** Works all the time. A pace that is not used does not grow. */
    private void awaitThat(String alias, BackfillThrottle throttle, LongPredicate duration) {
        await(alias)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> duration.test(duration(throttle, CHANGED)));
    }

    private static BackfillThrottle throttle(MongoClient client, TestMongo mongo, boolean backOff) {
        return new BackfillThrottle(
                KennelDatabase.environment("kennel", client, mongo.databaseName()), backOff, new StopSignal());
    }

    /** Returns how long batches wait that do nothing. */
    private long duration(BackfillThrottle throttle, int changed) {
        long waited = 0;
        for (int left = changed; left > 0; left -= BATCH) {
            try (TransferPace.Slot slot = throttle.begin()) {
                assertThat(slot).isNotNull();
            }
            long begun = System.nanoTime();
            throttle.after(0, BATCH, 0, new Rate(1.0, null), () -> true);
            waited += System.nanoTime() - begun;
        }
        return waited;
    }

    private static BsonDocument calm(BsonDocument answer) {
        LockSupport.parkNanos(CALM);
        return answer;
    }

    private BsonDocument late(BsonDocument answer) {
        LockSupport.parkNanos(loaded ? LATENCY : CALM);
        return answer;
    }

    private BsonDocument lagging(BsonDocument answer) {
        return answer.append("flowControl", new BsonDocument("isLagged", BsonBoolean.valueOf(loaded)));
    }
}
