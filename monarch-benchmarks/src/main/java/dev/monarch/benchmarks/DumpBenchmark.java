package dev.monarch.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import org.bson.Document;

import dev.monarch.archive.Compression;

/**
 * Time and memory of restoring a zip file and a directory of mongodump, against restoring Monarch's own backup of the
 * same data, and an archive of mongodump. Each restore is a process of its own with 256 MB of heap. Prints a table.
 *
 * <p>Arguments: the number of documents of about 1 KB in the zip file, the number of collections in the directory,
 * and the number of restores of each. Default: 1,400,000, 4,000 and 3. The documents hardly compress, so the zip file of
 * 1,400,000 has about 1 GB. A collection has two documents and one index besides that of {@code _id}, so a server needs
 * three open files for each: 4,000 is what a limit of 20,000 open files permits. {@code 0} leaves a part out.
 */
public final class DumpBenchmark {

    private static final String DATABASE = "dumped";

    private static final int BATCH = 1_000;

    /** 700 bytes are 936 characters of Base64. */
    private static final int RANDOM_BYTES = 700;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final BenchmarkServer server;

    private final Path folder;

    private final int runs;

    private DumpBenchmark(BenchmarkServer server, Path folder, int runs) {
        this.server = server;
        this.folder = folder;
        this.runs = runs;
    }

    /** How long a restore took, and how much memory its process had at most. */
    private record Restored(double seconds, OptionalLong megabytes) {}

    /**
     * Runs everything.
     *
     * @param arguments the numbers of documents, collections and restores
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_400_000;
        int collections = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(Files.createDirectory(folder.resolve("server")))) {
            DumpBenchmark benchmark = new DumpBenchmark(server, folder, runs);
            benchmark.out.println(
                    "| data | restored from | size | median | of our backup | peak memory, heap 256 MB |");
            benchmark.out.println("|---|---|---|---|---|---|");
            if (documents > 0) {
                benchmark.zip(documents);
            }
            if (collections > 0) {
                benchmark.directory(collections);
            }
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void zip(int documents) throws Exception {
        try (MongoClient client = MongoClients.create(server.uri())) {
            fill(client.getDatabase(DATABASE).getCollection("large"), documents);
        }
        Path kept = Files.createDirectory(folder.resolve("zip"));
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(backup(kept), "our backup");
        dump("--gzip", "--archive=" + kept.resolve("dump.archive.gz"));
        forms.put("dump.archive.gz", "mongodump --archive --gzip");
        Path directory = folder.resolve("unzipped");
        dump("--out=" + directory);
        writeZip(directory, kept.resolve("dump.zip"));
        BackupBenchmark.delete(directory);
        forms.put("dump.zip", "a zip file of mongodump's directory");
        compare(String.format(Locale.ROOT, "%,d documents of 1 KB", documents), kept, forms);
        BackupBenchmark.delete(kept);
    }

    private static void fill(MongoCollection<Document> collection, int documents) {
        Random random = new Random(1);
        byte[] bytes = new byte[RANDOM_BYTES];
        List<Document> batch = new ArrayList<>();
        for (int i = 0; i < documents; i++) {
            random.nextBytes(bytes);
            batch.add(new Document("n", i).append("text", Base64.getEncoder().encodeToString(bytes)));
            if (batch.size() == BATCH || i == documents - 1) {
                collection.insertMany(batch);
                batch.clear();
            }
        }
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
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put(backup(kept), "our backup");
        dump("--archive=" + kept.resolve("dump.archive"));
        forms.put("dump.archive", "mongodump --archive");
        dump("--out=" + kept.resolve("dump"));
        forms.put("dump", "a directory of mongodump");
        compare(String.format(Locale.ROOT, "%,d collections", collections), kept, forms);
        BackupBenchmark.delete(kept);
    }

    /** Takes a backup. Returns its name. */
    private String backup(Path kept) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ForkedMonarch.command());
        command.addAll(List.of(
                "backup",
                server.uri(),
                DATABASE,
                kept.toString(),
                Compression.best().name()));
        WholeProcess.run(command, folder.resolve("process.log"));
        String manifest = ".manifest.json";
        try (Stream<Path> files = Files.list(kept)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(manifest))
                    .map(file -> file.substring(0, file.length() - manifest.length()))
                    .findFirst()
                    .orElseThrow();
        }
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

    /** Restores all in turns, so that changes of the machine affect all. The first is what the others are compared with. */
    private void compare(String data, Path kept, Map<String, String> forms) throws Exception {
        Map<String, List<Restored>> all = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            for (String name : forms.keySet()) {
                all.computeIfAbsent(name, key -> new ArrayList<>()).add(restore(kept, name));
            }
        }
        double first = 0;
        for (Map.Entry<String, List<Restored>> each : all.entrySet()) {
            double median = median(each.getValue());
            first = first == 0 ? median : first;
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d MB | %.1f s | %.2f | %s |%n",
                    data,
                    forms.get(each.getKey()),
                    size(kept, each.getKey()) / 1_000_000,
                    median,
                    median / first,
                    each.getValue().stream()
                                    .mapToLong(restored -> restored.megabytes().orElse(0))
                                    .max()
                                    .orElse(0)
                            + " MB");
        }
    }

    private static long size(Path kept, String name) throws IOException {
        try (Stream<Path> files = Files.walk(kept)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile)
                    // The name of a backup ends with its time.
                    .filter(file -> name.contains("__")
                                    && kept.relativize(file).toString().startsWith(name + ".archive")
                            || file.startsWith(kept.resolve(name)))
                    .toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        }
    }

    private Restored restore(Path kept, String name) throws Exception {
        try (MongoClient client = MongoClients.create(server.uri())) {
            client.getDatabase(DATABASE).drop();
        }
        server.settle();
        List<String> command = new ArrayList<>(ForkedMonarch.command());
        command.addAll(List.of("restore", server.uri(), DATABASE, kept.toString(), name));
        Path log = folder.resolve("process.log");
        long begun = System.nanoTime();
        WholeProcess.run(command, log);
        return new Restored((System.nanoTime() - begun) / 1e9, PeakMemory.printedIn(log));
    }

    private static double median(List<Restored> values) {
        return values.stream()
                .map(Restored::seconds)
                .sorted()
                .skip(values.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
