package dev.monarch.kennel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import com.mongodb.client.MongoDatabase;

import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.staging.InterruptedSwaps;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills processes at random moments between their lines READY and DONE. */
public final class RandomKills {

    /** The number of kills. */
    public static final int KILLS = Integer.getInteger("monarch.proof.kills", 3);

    private static final long SEED = Long.getLong("monarch.proof.seed", System.nanoTime());

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);

    private final Supplier<TestProcess> processes;

    private final long longest;

    private RandomKills(Supplier<TestProcess> processes) {
        this.processes = processes;
        this.longest = toTheEnd(processes.get());
    }

    /**
     * Runs one process to its end, to measure its duration.
     *
     * @param what the operation, printed with the seed
     * @param processes starts a process
     * @return an instance for the next processes
     */
    public static RandomKills of(String what, Supplier<TestProcess> processes) {
        System.out.println("Kills of " + what + ": " + KILLS + ", " + seed());
        return new RandomKills(processes);
    }

    /**
     * Returns the setting that repeats the same kills.
     *
     * @return a property and its value
     */
    public static String seed() {
        return "monarch.proof.seed=" + SEED;
    }

    private static long toTheEnd(TestProcess started) {
        try (TestProcess process = started) {
            process.awaitLine("READY"::equals, PATIENCE);
            long ready = System.nanoTime();
            process.awaitLine("DONE"::equals, PATIENCE);
            return System.nanoTime() - ready;
        }
    }

    /** Starts a process and kills it. */
    public void kill() {
        try (TestProcess process = processes.get()) {
            process.awaitLine("READY"::equals, PATIENCE);
            LockSupport.parkNanos((long) (random.nextDouble() * longest));
            process.kill();
        }
    }

    /**
     * Kills processes that replace a database, and checks each time that it is the old or the new one, without remains.
     *
     * @param what the operation
     * @param environment the environment with the database, which is filled first
     * @param replacement the expected new content
     * @param processes starts a process
     */
    public static void assertAllOrNothingIsReplaced(
            String what,
            MonarchEnvironment environment,
            Map<String, List<String>> replacement,
            Supplier<TestProcess> processes) {
        MongoDatabase target = environment.database();
        Map<String, List<String>> old = fillAnew(target);
        RandomKills kills = of(what, processes);
        List<String> outcomes = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            fillAnew(target);
            kills.kill();

            Map<String, List<String>> found = KennelDatabase.contents(target);
            Optional<SwapProgress> swap = new InterruptedSwaps(environment).find();
            boolean replacing = swap.map(SwapProgress::total).orElse(0) > 0;
            endWhatIsLeft(environment);

            Map<String, List<String>> ended = KennelDatabase.contents(target);
            assertThat(ended)
                    .as("kill %d, %s, %s", kill, swap, seed())
                    .isIn(old, replacement)
                    .isEqualTo(replacing ? replacement : found);
            assertThat(target.listCollectionNames()).noneMatch(each -> each.startsWith("monarch.stage."));
            outcomes.add(replacing ? "in the swap" : ended.equals(old) ? "before" : "after");
        }
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

    /** Ends interrupted operations, as the next contact with the environment does. */
    private static void endWhatIsLeft(MonarchEnvironment environment) {
        try (HeldLock lock = new EnvironmentLock(environment, KennelDatabase.LOCK).acquire("look", null, event -> {})) {
            new InterruptedSwaps(environment).finish(lock);
        }
    }
}
