package dev.monarch.engine.staging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;

import dev.monarch.MonarchException;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.replacement.LoadOptions;
import dev.monarch.replacement.ReplacementRequest.Option;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After a fault at any command of a load or a swap, the next contact leaves the old or the new database, or an
 * interrupted swap with known steps.
 */
class SwapFaultTests {

    private static final int SWAPS = Integer.getInteger("monarch.proof.swaps", 40);

    private static final long SEED = Long.getLong("monarch.proof.seed", System.nanoTime());

    /** More commands than most of these replacements send, so some have no fault. */
    private static final int COMMANDS = 120;

    private static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(2), Duration.ofMillis(400), Duration.ofSeconds(30), Duration.ofMillis(300));

    @Test
    @MongoTest
    void theTargetIsTheOldOrTheNewDatabase(TestMongo mongo) {
        System.out.println("Swaps with a fault: " + SWAPS + ", monarch.proof.seed=" + SEED);
        for (int number = 0; number < SWAPS; number++) {
            Random random = new Random(SEED + number);
            String description = "swap " + number + " of seed " + SEED;
            MongoDatabase source = empty(mongo, mongo.databaseName() + "_s");
            MongoDatabase target = empty(mongo, mongo.databaseName() + "_t");
            new RandomCatalogue(random, mongo.isReal()).fill(source);
            new RandomCatalogue(random, mongo.isReal()).fill(target);

            replaceWithFault(mongo, source, target, random, description);
        }
    }

    private static MongoDatabase empty(TestMongo mongo, String name) {
        mongo.uri(name);
        MongoDatabase database = mongo.client().getDatabase(name);
        database.drop();
        return database;
    }

    private static void replaceWithFault(
            TestMongo mongo, MongoDatabase source, MongoDatabase target, Random random, String description) {
        Map<String, List<String>> before = contents(target);
        Map<String, List<String>> after = contents(source);
        String outcome = "ended well";
        try (FaultyLine line = FaultyLine.to(mongo);
                MongoClient client = client(line)) {
            fail(line, random);
            replace(
                    MonarchEnvironment.using("target", Protection.OFF, client, target.getName()),
                    StagedDatabaseTests.source(mongo, source));
        } catch (MonarchException | MongoException e) {
            // The next contact completes or removes it.
            outcome = e.toString();
        }
        // A run that could not release its lock holds it until its lease is over.
        try (MonarchEnvironment environment =
                        MonarchEnvironment.using("target", Protection.OFF, mongo.client(), target.getName());
                HeldLock lock = new EnvironmentLock(environment, LOCK).acquire("test", null, event -> {})) {
            new InterruptedSwaps(environment).finish(lock);
        }
        Map<String, List<String>> now = contents(target);
        if (outcome.equals("ended well") || !now.equals(before)) {
            assertThat(sizes(now))
                    .as(description + ", which was " + sizes(before) + " and " + outcome)
                    .isEqualTo(sizes(after));
            assertThat(now).as(description).isEqualTo(after);
        }
        StagedDatabaseTests.assertNothingIsLeft(target);
    }

    private static Map<String, List<String>> contents(MongoDatabase database) {
        Map<String, List<String>> contents = new TreeMap<>(KennelDatabase.contents(database));
        contents.keySet().removeIf(name -> name.startsWith("system."));
        // The order of the listed indexes is irrelevant.
        contents.replaceAll((name, content) -> content.stream().sorted().toList());
        return contents;
    }

    private static Map<String, Integer> sizes(Map<String, List<String>> contents) {
        Map<String, Integer> sizes = new TreeMap<>();
        contents.forEach((name, content) -> sizes.put(name, content.size()));
        return sizes;
    }

    /**
     * Makes a command fail once, several times, or from then on: it is not sent, its answer is lost, or its write
     * concern is not satisfied.
     */
    private static void fail(FaultyLine line, Random random) {
        int first = random.nextInt(COMMANDS);
        int last = first + List.of(0, 0, 1, 3, 100_000).get(random.nextInt(random.nextInt(4) == 0 ? 5 : 4));
        Fault fault = List.of(
                        new Fault.NotSent(), new Fault.LostAnswer(), Fault.writeConcernError(91, "ShutdownInProgress"))
                .get(random.nextInt(3));
        AtomicInteger commands = new AtomicInteger();
        line.fail(
                command -> {
                    int number = commands.getAndIncrement();
                    return number >= first && number <= last;
                },
                Integer.MAX_VALUE,
                fault);
    }

    private static MongoClient client(FaultyLine line) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(line.uri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
                .build());
    }

    private static void replace(MonarchEnvironment target, TransferSource source) {
        StagingRequest request = new StagingRequest(
                "restore into",
                new StagingRequest.Replacement(true, "monarch.history", Option.REPLACE_TIME_SERIES),
                LoadOptions.DEFAULT,
                StagingRequest.DEFAULT_RENAME_LIMIT);
        try (HeldLock lock = new EnvironmentLock(target, LOCK).acquire("test", null, event -> {});
                StagedDatabase staged = StagedDatabase.open(new ReplacementPlanner(target, request), lock, null, -1)) {
            source.transferTo(staged);
            staged.load();
            staged.swap();
        }
    }
}
