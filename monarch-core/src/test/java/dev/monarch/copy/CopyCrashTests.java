package dev.monarch.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.lock.LockSettings;
import dev.monarch.queryset.QuerySets;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.SwapProgress;
import dev.monarch.staging.Verification;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Copies that are killed, and copies whose server loses its primary. */
class CopyCrashTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final long SEED = Long.getLong("monarch.proof.seed", new Random().nextLong(Integer.MAX_VALUE));

    private static final int KILLS = Integer.getInteger("monarch.proof.kills", 3);

    /** A lease longer than several elections take, as the default is. */
    private static final LockSettings PATIENT_LOCK = new LockSettings(
            Duration.ofSeconds(40), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(500));

    private final Random random = new Random(SEED);

    @Test
    @MongoTest
    void aKilledCopyHasReplacedAllOrNothing(TestMongo mongo) {
        System.out.println("Kills of a copy: " + KILLS + ", monarch.proof.seed=" + SEED);
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        MongoDatabase target = mongo.client().getDatabase(name);
        MonarchEnvironment environment = KennelDatabase.environment("laptop", mongo.client(), name);
        for (int i = 0; i < 20; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 200);
        }
        Map<String, List<String>> copied = KennelDatabase.contents(mongo.database());
        Map<String, List<String>> old = fillAnew(target);
        long longest = toTheEnd(mongo, name);
        List<String> outcomes = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            fillAnew(target);
            killed(longest, mongo, name);

            Map<String, List<String>> found = KennelDatabase.contents(target);
            Optional<SwapProgress> swap = new InterruptedSwaps(environment).find();
            boolean replacing = swap.map(SwapProgress::total).orElse(0) > 0;
            endWhatIsLeft(environment);

            String what = "kill " + kill + ", " + swap + ", monarch.proof.seed=" + SEED;
            Map<String, List<String>> ended = KennelDatabase.contents(target);
            assertThat(ended).as(what).isIn(old, copied);
            assertThat(ended).as(what).isEqualTo(replacing ? copied : found);
            assertThat(target.listCollectionNames()).noneMatch(each -> each.startsWith("monarch.stage."));
            outcomes.add(replacing ? "in the swap" : ended.equals(old) ? "before" : "after");
        }
        assertThat(KennelDatabase.contents(mongo.database())).isEqualTo(copied);
        System.out.println("Killed " + outcomes);
    }

    private static Map<String, List<String>> fillAnew(MongoDatabase target) {
        target.drop();
        KennelDatabase.fill(target, "birds", 100);
        for (int i = 0; i < 20; i++) {
            KennelDatabase.fill(target, "dogs" + i, 10);
        }
        return KennelDatabase.contents(target);
    }

    /** What the next thing does that has to do with the environment. */
    private static void endWhatIsLeft(MonarchEnvironment environment) {
        try (HeldLock lock = new EnvironmentLock(environment, KennelDatabase.LOCK).acquire("look", null, event -> {})) {
            new InterruptedSwaps(environment).finish(lock);
        }
    }

    private static TestProcess process(TestMongo mongo, String target) {
        return TestProcess.java(CopyProcess.class, mongo.uri(), mongo.databaseName(), target);
    }

    /** Lets one run to its end, to know how long that takes. */
    private static long toTheEnd(TestMongo mongo, String target) {
        try (TestProcess process = process(mongo, target)) {
            process.awaitLine("READY"::equals, PATIENCE);
            long ready = System.nanoTime();
            process.awaitLine("DONE"::equals, PATIENCE);
            return System.nanoTime() - ready;
        }
    }

    private void killed(long longest, TestMongo mongo, String target) {
        try (TestProcess process = process(mongo, target)) {
            process.awaitLine("READY"::equals, PATIENCE);
            LockSupport.parkNanos((long) (random.nextDouble() * longest));
            process.kill();
        }
    }

    /** Source and target are databases of one cluster: its primary is lost to both at once. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET, own = true, members = 3, minVersion = "5.0")
    void aCopyOutlivesThePrimaryOfSourceAndTarget(TestMongo mongo) {
        String name = mongo.databaseName() + "_b";
        mongo.uri(name);
        MongoDatabase target = mongo.client().getDatabase(name);
        KennelDatabase.fill(mongo.database(), 20_000);
        KennelDatabase.fill(target, "birds", 10);
        CopyService copies = copies(mongo, name);
        AtomicBoolean stepped = new AtomicBoolean();
        TransferListener steppingDown = progress -> {
            if (progress.bytes() > 0 && stepped.compareAndSet(false, true)) {
                CompletableFuture.runAsync(() -> mongo.stepDown(Duration.ofSeconds(2)));
            }
        };

        CopyReport report = copies.copy(CopyRequest.of("production", "laptop")
                .approved(Approval.confirmed())
                .verified(Verification.FULL)
                .acceptingLostWrites()
                .atMost(DataSize.ofMegabytes(2))
                .telling(steppingDown));

        mongo.awaitPrimary();
        assertThat(stepped).isTrue();
        assertThat(report.reading().consistency()).isEqualTo(ReadReport.Had.SNAPSHOT);
        Map<String, List<String>> contents = KennelDatabase.contents(target);
        Map<String, List<String>> expected = KennelDatabase.contents(mongo.database());
        contents.remove(KennelDatabase.HISTORY);
        expected.remove(KennelDatabase.HISTORY);
        assertThat(contents).isEqualTo(expected);
    }

    private static CopyService copies(TestMongo mongo, String target) {
        MonarchEnvironment from = KennelDatabase.environment("production", mongo.client(), mongo.databaseName());
        MonarchEnvironment to = KennelDatabase.environment("laptop", mongo.client(), target);
        return new CopyService(
                new EnvironmentRegistry(() -> from, List.of(from, to)),
                new QuerySets(List.of(), null, null),
                new Guard(false),
                PATIENT_LOCK,
                KennelDatabase.HISTORY);
    }
}
