package dev.monarch.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.RawBsonDocument;

import dev.monarch.backfill.BackfillSet;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.backfill.DocumentBackfill;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Sets one field of every document: with a backfill without throttle, and with a loop of {@code find} and {@code
 * bulkWrite} that compares nothing and cannot continue, in turns.
 *
 * <p>Arguments: number of documents (300,000), number of runs (5).
 */
public final class BackfillBenchmark {

    private static final String ID = "1-twice";

    private static final int BATCH = 1000;

    private final MongoClient client;

    private BackfillBenchmark(MongoClient client) {
        this.client = client;
    }

    /**
     * Runs everything.
     *
     * @param arguments number of documents, number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 300_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(folder);
                MongoClient client = MongoClients.create(server.uri())) {
            BackfillBenchmark benchmark = new BackfillBenchmark(client);
            DataSet.ONE_LARGE.fill(client.getDatabase("backfill"), documents);
            List<Contender> contenders = List.of(
                    new Contender("find and bulkWrite", benchmark::loop)
                            .warmedUp(1)
                            .withCleanup(benchmark::reset),
                    new Contender("monarch", benchmark::backfill).warmedUp(1).withCleanup(benchmark::reset));
            String title = "Update of " + DataSet.ONE_LARGE.describe(documents);
            new Comparison(title, contenders).run(runs, out);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private MongoCollection<BsonDocument> collection() {
        return client.getDatabase("backfill").getCollection("large", BsonDocument.class);
    }

    private void reset() {
        collection().updateMany(new BsonDocument(), Updates.unset("twice"));
        client.getDatabase("backfill").getCollection("monarch.history").drop();
        client.getDatabase("backfill").getCollection("monarch.backfills").drop();
    }

    private long loop() {
        List<WriteModel<BsonDocument>> batch = new ArrayList<>();
        for (BsonDocument document : collection()
                .withDocumentClass(RawBsonDocument.class)
                .find(Filters.exists("twice", false))
                .sort(new BsonDocument("_id", new BsonInt32(1)))
                .batchSize(BATCH)) {
            int twice = document.getNumber("n").intValue() * 2;
            batch.add(new UpdateOneModel<>(Filters.eq("_id", document.get("_id")), Updates.set("twice", twice)));
            if (batch.size() == BATCH) {
                write(batch);
            }
        }
        if (!batch.isEmpty()) {
            write(batch);
        }
        return 0;
    }

    private void write(List<WriteModel<BsonDocument>> batch) {
        collection().bulkWrite(batch, new BulkWriteOptions().ordered(false));
        batch.clear();
    }

    private long backfill() {
        MonarchEnvironment environment = MonarchEnvironment.using("benchmark", Protection.OFF, client, "backfill");
        Backfills backfills = new Backfills(
                environment,
                BackfillSet.of(List.of(new RegisteredBackfill(ID, new Twice()))),
                new BackfillSettings(
                        "monarch.history", "default", LockSettings.DEFAULT, new Rate(1.0, null), false, 0));
        BackfillStatus status = backfills.run(ID);
        if (status.state() != State.DONE) {
            throw new IllegalStateException(status.toString());
        }
        return 0;
    }

    private static final class Twice implements DocumentBackfill {

        @Override
        public BackfillSource source() {
            return BackfillSource.of("large", Filters.exists("twice", false));
        }

        @Override
        public Change change(RawBsonDocument document) {
            return Change.set("twice", document.getNumber("n").intValue() * 2);
        }
    }
}
