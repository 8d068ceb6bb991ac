package dev.monarch.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.LockLostException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/** A process that runs migrations; tests pause and kill it. Its output shows its progress. */
final class MigrationProcess {

    /** About ten milliseconds of the server's time for each document. */
    private static final String SLOW_UPDATE = "{$set: {sum: {$reduce: {input: {$range: [0, 40000]}, initialValue: 0,"
            + " in: {$add: ['$$value', '$$this']}}}}}";

    /** For a process that must keep its lock on a machine that is busy with other things. */
    static final LockSettings PATIENT_LOCK = new LockSettings(
            Duration.ofSeconds(8), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMillis(500));

    private MigrationProcess() {}

    public static void main(String[] arguments) {
        System.out.println("CLOCK " + Instant.now());
        String uri = arguments[0];
        String database = arguments[1];
        MongoMigration migration = switch (arguments[2]) {
            case "slow-update" -> MigrationProcess::updateSlowly;
            case "checkpoints" ->
                context -> {
                    stepByStep(context);
                    waitFor(Path.of(arguments[3]), context);
                };
            case "cooperative" -> context -> waitFor(Path.of(arguments[3]), context);
            case "stubborn" -> context -> waitFor(Path.of(arguments[3]), null);
            default -> throw new IllegalArgumentException(arguments[2]);
        };
        try (MongoClient client = MongoClients.create(uri)) {
            MonarchEnvironment environment = MonarchEnvironment.using("test", Protection.DEFAULT, client, database);
            TestMigrations.on(environment)
                    .settings(MigrationSettings.DEFAULT.withLock(
                            arguments.length > 4 ? PATIENT_LOCK : TestMigrations.QUICK_LOCK))
                    .with("1", context -> {
                        System.out.println("STARTED");
                        migration.up(context);
                        System.out.println("RETURNED");
                    })
                    .migrate();
            System.out.println("APPLIED");
        } catch (LockLostException e) {
            System.out.println("LOST " + e.getMessage());
            System.exit(3);
        }
    }

    static void updateSlowly(MigrationContext context) {
        context.database().getCollection("dogs").updateMany(new Document(), List.of(BsonDocument.parse(SLOW_UPDATE)));
    }

    static void updateSlowly(MongoCollection<Document> collection, ClientSession session) {
        collection.updateMany(session, new Document(), List.of(BsonDocument.parse(SLOW_UPDATE)));
    }

    /** Visits the dogs one after another, with checkpoints. A killed process stops at the fourth. */
    static void stepByStep(MigrationContext context) {
        int last = context.lastCheckpoint(Integer.class).orElse(0);
        boolean first = last == 0;
        for (int dog = last + 1; dog <= 10; dog++) {
            context.database().getCollection("dogs").updateOne(new Document("_id", dog), Updates.inc("visits", 1));
            context.checkpoint(dog);
            System.out.println("STEP " + dog);
            if (first && dog == 4) {
                return;
            }
        }
    }

    /** Waits for a file. With a context it checks its lock; without one it ignores interrupts. */
    private static void waitFor(Path file, @Nullable MigrationContext context) {
        while (!Files.exists(file)) {
            if (context != null) {
                context.ensureLock();
            } else {
                Thread.interrupted();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
