package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.lock.EnvironmentLock;
import dev.monarch.lock.HeldLock;
import dev.monarch.staging.InterruptedSwaps;
import dev.monarch.staging.SwapProgress;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that are killed at any moment of a backup or a restore. */
@MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
class BackupCrashTests {

    private static final int KILLS = Integer.getInteger("monarch.proof.kills", 3);

    private static final long SEED = Long.getLong("monarch.proof.seed", System.nanoTime());

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void aKilledBackupIsCompleteOrNotThere(TestMongo mongo) throws IOException {
        System.out.println("Kills of a backup: " + KILLS + ", monarch.proof.seed=" + SEED);
        for (int i = 0; i < 10; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 1_000);
        }
        Kennel kennel = Kennel.of(folder, environment(mongo, mongo.databaseName()));
        long longest = toTheEnd(mongo, mongo.databaseName());
        for (int kill = 0; kill < KILLS; kill++) {
            killed(longest, mongo.uri(), mongo.databaseName(), folder.toString());

            assertAllAreComplete(kennel, kill);
        }
        kennel.backUp("kennel");
        assertThat(files())
                .as("monarch.proof.seed=" + SEED)
                .hasSize(2 * kennel.backups().list().size());
    }

    private void assertAllAreComplete(Kennel kennel, int kill) {
        for (BackupSummary backup : kennel.backups().list()) {
            assertThat(kennel.backups().verify(backup.name()).findings())
                    .as("kill %d, %s, monarch.proof.seed=%d", kill, backup.name(), SEED)
                    .isEmpty();
            assertThat(backup.documents()).isEqualTo(10_000);
        }
    }

    @Test
    void aKilledRestoreHasReplacedAllOrNothing(TestMongo mongo) {
        System.out.println("Kills of a restore: " + KILLS + ", monarch.proof.seed=" + SEED);
        for (int i = 0; i < 20; i++) {
            KennelDatabase.fill(mongo.database(), "dogs" + i, 200);
        }
        Manifest backup =
                Kennel.of(folder, environment(mongo, mongo.databaseName())).backUp("kennel");
        Map<String, List<String>> restored = KennelDatabase.contents(mongo.database());
        String name = mongo.databaseName() + "_b";
        String uri = mongo.uri(name);
        MongoDatabase target = mongo.client().getDatabase(name);
        MonarchEnvironment environment = environment(mongo, name);
        Map<String, List<String>> old = fillAnew(target);
        long longest = toTheEnd(mongo, name, backup.name());
        List<String> outcomes = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            fillAnew(target);
            killed(longest, uri, name, folder.toString(), backup.name());

            Map<String, List<String>> found = KennelDatabase.contents(target);
            Optional<SwapProgress> swap = new InterruptedSwaps(environment).find();
            boolean replacing = swap.map(SwapProgress::total).orElse(0) > 0;
            endWhatIsLeft(environment);

            String what = "kill " + kill + ", " + swap + ", monarch.proof.seed=" + SEED;
            Map<String, List<String>> ended = KennelDatabase.contents(target);
            assertThat(ended).as(what).isIn(old, restored);
            if (replacing) {
                assertThat(ended).as(what).isEqualTo(restored);
            } else {
                assertThat(ended).as(what).isEqualTo(found);
            }
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

    /** What the next thing does that has to do with the environment. */
    private static void endWhatIsLeft(MonarchEnvironment environment) {
        try (HeldLock lock = new EnvironmentLock(environment, KennelDatabase.LOCK).acquire("look", null, event -> {})) {
            new InterruptedSwaps(environment).finish(lock);
        }
    }

    /** Lets one run to its end, to know how long that takes. */
    private long toTheEnd(TestMongo mongo, String database, String... backup) {
        try (TestProcess process = process(mongo.uri(database), database, backup)) {
            process.awaitLine("READY"::equals, PATIENCE);
            long ready = System.nanoTime();
            process.awaitLine("DONE"::equals, PATIENCE);
            return System.nanoTime() - ready;
        }
    }

    private TestProcess process(String uri, String database, String... backup) {
        List<String> arguments = new ArrayList<>(List.of(uri, database, folder.toString()));
        arguments.addAll(List.of(backup));
        return TestProcess.java(BackupProcess.class, arguments.toArray(String[]::new));
    }

    private void killed(long longest, String... arguments) {
        try (TestProcess process = TestProcess.java(BackupProcess.class, arguments)) {
            process.awaitLine("READY"::equals, PATIENCE);
            LockSupport.parkNanos((long) (random.nextDouble() * longest));
            process.kill();
        }
    }

    private static MonarchEnvironment environment(TestMongo mongo, String database) {
        return KennelDatabase.environment("kennel", mongo.client(), database);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.turn"))
                    .toList();
        }
    }
}
