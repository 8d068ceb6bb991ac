package dev.monarch.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import org.bson.Document;

/**
 * Time and memory of restoring a zip file and a directory of mongodump, against restoring an archive of the same data.
 * Each restore is a process of its own with 256 MB of heap.
 *
 * <p>Arguments: the number of documents of about 1 KB in the zip file, the number of collections in the directory,
 * and the number of restores of each. Default: 1,000,000, 4,000 and 3. A collection has two documents and one index besides that of {@code _id}, so a server
 * needs three open files for each: 4,000 is what a limit of 20,000 open files permits.
 */
public final class DumpBenchmark {

    private static final String DATABASE = "dumped";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final BenchmarkServer server;

    private final Path folder;

    private final int runs;

    private DumpBenchmark(BenchmarkServer server, Path folder, int runs) {
        this.server = server;
        this.folder = folder;
        this.runs = runs;
    }

    /**
     * Runs everything.
     *
     * @param arguments the numbers of documents, collections and restores
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int collections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(Files.createDirectory(folder.resolve("server")))) {
            DumpBenchmark benchmark = new DumpBenchmark(server, folder, runs);
            benchmark.zip(documents);
            benchmark.directory(collections);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void zip(int documents) throws Exception {
        try (MongoClient client = MongoClients.create(server.uri())) {
            DataSet.ONE_LARGE.fill(client.getDatabase(DATABASE), documents);
        }
        Path kept = Files.createDirectory(folder.resolve("zip"));
        dump("--gzip", "--archive=" + kept.resolve("dump.archive.gz"));
        Path directory = folder.resolve("unzipped");
        dump("--out=" + directory);
        writeZip(directory, kept.resolve("dump.zip"));
        BackupBenchmark.delete(directory);
        out.printf(
                Locale.ROOT,
                "%d documents, a zip file of %d MB%n",
                documents,
                Files.size(kept.resolve("dump.zip")) / 1_000_000);
        compare(kept, "dump.archive.gz", "dump.zip");
        BackupBenchmark.delete(kept);
    }

    private void directory(int collections) throws Exception {
        try (MongoClient client = MongoClients.create(server.uri())) {
            MongoDatabase database = client.getDatabase(DATABASE);
            database.drop();
            for (int i = 0; i < collections; i++) {
                MongoCollection<Document> collection = database.getCollection("c" + i);
                collection.createIndex(Indexes.ascending("n"));
                collection.insertMany(List.of(new Document("n", 1), new Document("n", 2)));
            }
        }
        Path kept = Files.createDirectory(folder.resolve("directory"));
        dump("--archive=" + kept.resolve("dump.archive"));
        dump("--out=" + kept.resolve("dump"));
        out.printf(Locale.ROOT, "%d collections in a directory%n", collections);
        compare(kept, "dump.archive", "dump");
    }

    private void dump(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(BenchmarkServer.program("mongodump").orElseThrow());
        command.addAll(List.of("--uri=" + server.uri(), "--db=" + DATABASE));
        command.addAll(List.of(options));
        WholeProcess.run(command, folder.resolve("process.log"));
    }

    private static void writeZip(Path directory, Path zip) throws IOException {
        try (Stream<Path> files = Files.walk(directory);
                ZipOutputStream stream = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                stream.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, stream);
            }
        }
    }

    /** Restores both alternately, so that changes of the machine affect both. */
    private void compare(Path kept, String archive, String dump) throws Exception {
        List<Double> archives = new ArrayList<>();
        List<Double> dumps = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            archives.add(restore(kept, archive));
            dumps.add(restore(kept, dump));
        }
        out.printf(
                Locale.ROOT, "median of the dump ÷ median of the archive: %.2f%n%n", median(dumps) / median(archives));
    }

    private double restore(Path kept, String name) throws Exception {
        try (MongoClient client = MongoClients.create(server.uri())) {
            client.getDatabase(DATABASE).drop();
        }
        server.settle();
        List<String> command = new ArrayList<>(ForkedMonarch.command());
        command.addAll(List.of("restore", server.uri(), DATABASE, kept.toString(), name));
        Path log = folder.resolve("process.log");
        long begun = System.nanoTime();
        WholeProcess.run(command, log);
        double seconds = (System.nanoTime() - begun) / 1e9;
        OptionalLong peak = PeakMemory.printedIn(log);
        out.printf(
                Locale.ROOT,
                "  %-16s %7.1f s %8s%n",
                name,
                seconds,
                peak.isPresent() ? peak.getAsLong() + " MB" : "unknown");
        return seconds;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
