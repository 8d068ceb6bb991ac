package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import org.bson.Document;
import org.bson.RawBsonDocument;

import dev.monarch.archive.Compression;
import dev.monarch.backup.LocalBackupStore;

/**
 * Time and memory of a backup, a restore and a copy against the number of collections, or against the size of one
 * collection. Each operation is a process of its own with 256 MB of heap.
 *
 * <p>Arguments: {@code collections} or {@code documents}, then the numbers, smallest first. By default 1,000, 2,000 and
 * 4,000 collections. A collection has two documents and one index besides that of {@code _id}, so a server needs three
 * open files for each: 4,000 is what a limit of 20,000 open files permits. Documents have about 1 KB, and their
 * number is a multiple of 20,000.
 *
 * <p>Source and target are two servers, each started here: the open files of one do not limit the other.
 */
public final class ScaleBenchmark {

    private static final String DATABASE = "scale";

    private static final int DISTINCT = 20_000;

    private static final List<Integer> DEFAULT = List.of(1_000, 2_000, 4_000);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final BenchmarkServer source;

    private final BenchmarkServer target;

    private final Path folder;

    private final boolean countsCollections;

    /** By the operation: seconds for each unit of the smallest number. */
    private final Map<String, Double> smallest = new HashMap<>();

    private ScaleBenchmark(BenchmarkServer source, BenchmarkServer target, Path folder, boolean countsCollections) {
        this.source = source;
        this.target = target;
        this.folder = folder;
        this.countsCollections = countsCollections;
    }

    /**
     * Runs everything.
     *
     * @param arguments what grows, and the numbers
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        String what = arguments.length > 0 ? arguments[0] : "collections";
        if (!List.of("collections", "documents").contains(what)) {
            throw new IllegalArgumentException("'" + what + "' is not collections or documents");
        }
        List<Integer> numbers = arguments.length > 1
                ? Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList()
                : DEFAULT;
        if (what.equals("documents") && numbers.stream().anyMatch(number -> number % DISTINCT != 0)) {
            throw new IllegalArgumentException("A number of documents must be a multiple of " + DISTINCT);
        }
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer source = BenchmarkServer.start(Files.createDirectory(folder.resolve("source")));
                BenchmarkServer target = BenchmarkServer.start(Files.createDirectory(folder.resolve("target")))) {
            new ScaleBenchmark(source, target, folder, what.equals("collections")).run(what, numbers);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void run(String what, List<Integer> numbers) throws Exception {
        out.printf("%-12s %-10s %9s %22s %8s%n", what, "operation", "time", "for each, ÷ smallest", "memory");
        for (int number : numbers) {
            fill(number);
            measure(number, "backup", source, Compression.best().name());
            measure(number, "restore", target, backup());
            drop(target);
            measure(number, "copy", source, target.uri());
            drop(source);
            drop(target);
            BackupBenchmark.delete(kept());
        }
    }

    private void fill(int number) {
        try (MongoClient client = MongoClients.create(source.uri())) {
            MongoDatabase database = client.getDatabase(DATABASE);
            if (countsCollections) {
                fillCollections(database, number);
            } else {
                fillDocuments(database, number);
            }
        }
    }

    private static void fillCollections(MongoDatabase database, int number) {
        for (int i = 0; i < number; i++) {
            MongoCollection<Document> collection = database.getCollection("c" + i);
            collection.createIndex(Indexes.ascending("n"));
            collection.insertMany(List.of(new Document("n", 1), new Document("n", 2)));
        }
    }

    /** Inserts the same documents again and again: they are farther apart than a compressor looks back. */
    private static void fillDocuments(MongoDatabase database, int number) {
        DataSet.ONE_LARGE.fill(database, DISTINCT);
        MongoCollection<RawBsonDocument> collection = database.getCollection("large", RawBsonDocument.class);
        List<RawBsonDocument> documents =
                collection.find().projection(Projections.excludeId()).into(new ArrayList<>());
        IntStream.range(1, number / DISTINCT).parallel().forEach(i -> collection.insertMany(documents));
    }

    private void measure(int number, String operation, BenchmarkServer server, String what) throws Exception {
        List<String> command = new ArrayList<>(ForkedMonarch.command());
        command.addAll(List.of(operation, server.uri(), DATABASE, kept().toString(), what));
        Path log = folder.resolve("process.log");
        long begun = System.nanoTime();
        WholeProcess.run(command, log);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double first = smallest.computeIfAbsent(operation, key -> seconds / number);
        OptionalLong peak = PeakMemory.printedIn(log);
        out.printf(
                Locale.ROOT,
                "%-12d %-10s %7.1f s %22.2f %8s%n",
                number,
                operation,
                seconds,
                seconds / number / first,
                peak.isPresent() ? peak.getAsLong() + " MB" : "unknown");
    }

    private static void drop(BenchmarkServer server) throws IOException, InterruptedException {
        try (MongoClient client = MongoClients.create(server.uri())) {
            client.getDatabase(DATABASE).drop();
        }
        server.settle();
    }

    private Path kept() {
        return folder.resolve("kept");
    }

    private String backup() {
        return new LocalBackupStore(kept()).list().get(0).name();
    }
}
