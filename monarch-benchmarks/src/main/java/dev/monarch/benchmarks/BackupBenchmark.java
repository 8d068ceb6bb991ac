package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.Compression;

/**
 * Backups and restores with Monarch, with MongoDB's tools, and at the limit of server and disk, in turns on one server.
 *
 * <p>Arguments: number of documents (1,000,000), number of runs (7), and data set: {@code large}, {@code small}, or
 * {@code all} for both (default). {@code progress} measures only the cost of progress events. Backups and dumps are in
 * the folder {@code MONARCH_BENCHMARK_FOLDER}, or else next to the server's data. mongodump and mongorestore are
 * measured if both are on the path. Monarch is measured in its steady state, in one process for each contender, and as
 * a process that starts for each run, all with 256 MB of heap. An unmeasured run precedes each measured backup and
 * dump.
 */
public final class BackupBenchmark {

    private static final String TARGET = "target";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private final Path kept;

    private final BenchmarkServer server;

    private final MongoClient client;

    private final @Nullable MongoTools tools;

    private final int runs;

    private final List<ForkedMonarch> forks = new ArrayList<>();

    private BackupBenchmark(Path folder, BenchmarkServer server, MongoClient client, int runs) {
        this.folder = folder;
        this.kept = folder.resolve("kept");
        this.server = server;
        this.client = client;
        this.tools = MongoTools.find(server.uri(), folder).orElse(null);
        this.runs = runs;
    }

    /**
     * Runs everything.
     *
     * @param arguments number of documents, number of runs, data set
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        String what = arguments.length > 2 ? arguments[2] : "all";
        Path data = Files.createTempDirectory("monarch-benchmark");
        String given = System.getenv("MONARCH_BENCHMARK_FOLDER");
        Path folder = given == null ? data : Files.createTempDirectory(Path.of(given), "monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(data);
                MongoClient client = MongoClients.create(server.uri())) {
            new BackupBenchmark(folder, server, client, runs).run(what, documents);
        } finally {
            delete(folder);
            if (given != null) {
                delete(data);
            }
        }
    }

    private void run(String what, int documents) throws Exception {
        if (tools == null) {
            out.println("mongodump and mongorestore are not both on the path");
        }
        switch (what) {
            case "progress" -> compareProgress(DataSet.ONE_LARGE, documents);
            case "large" -> compare(DataSet.ONE_LARGE, documents);
            case "small" -> compare(DataSet.MANY_SMALL, documents / 2);
            case "all" -> {
                compare(DataSet.ONE_LARGE, documents);
                compare(DataSet.MANY_SMALL, documents / 2);
            }
            default -> throw new IllegalArgumentException("'" + what + "' is not all, large, small or progress");
        }
    }

    private void compare(DataSet data, int documents) throws Exception {
        String database = data.name().toLowerCase(Locale.ROOT);
        data.fill(client.getDatabase(database), documents);
        compare("Backup of " + data.describe(documents), () -> backups(data, database));
        compare("Restore of " + data.describe(documents), () -> restores(data, database));
        client.getDatabase(database).drop();
        client.getDatabase(TARGET).drop();
        forgetBackups();
    }

    private void compare(String title, Callable<List<Contender>> contenders) throws Exception {
        try {
            new Comparison(title, contenders.call(), server::settle).run(runs, out);
        } finally {
            forks.forEach(ForkedMonarch::close);
            forks.clear();
        }
    }

    private void compareProgress(DataSet data, int documents) throws Exception {
        String database = data.name().toLowerCase(Locale.ROOT);
        data.fill(client.getDatabase(database), documents);
        Monarch monarch = new Monarch(client, database, kept);
        for (Compression compression : List.of(Compression.NONE, Compression.best())) {
            List<Contender> contenders = List.of(
                    ours("without progress events", data, () -> monarch.backup(compression)),
                    ours("with progress events", data, () -> monarch.backupWithProgress(compression)));
            new Comparison("Backup (" + compression + ") of " + data.describe(documents), contenders, server::settle)
                    .run(runs, out);
        }
    }

    /**
     * A backup in a running process. The backup is deleted afterwards, so that each run finds the same free disk space.
     */
    private Contender ours(String name, DataSet data, Contender.Work backup) {
        return new Contender(name, backup).warmedUp(data.warmUpBackups()).withCleanup(this::forgetBackups);
    }

    private void forgetBackups() throws IOException {
        if (Files.exists(kept)) {
            delete(kept);
        }
    }

    private List<Contender> backups(DataSet data, String database) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender("the server's bare scan", () -> new BareServer(client).scan(database)));
        long bytes = client.getDatabase(database)
                .runCommand(new Document("dbStats", 1))
                .get("dataSize", Number.class)
                .longValue();
        contenders.add(new Contender("a bare write, through the cache", () -> new BareDisk(folder).write(bytes)));
        for (Compression compression : Compression.values()) {
            ForkedMonarch monarch = fork("backup", database, compression.name());
            contenders.add(ours("monarch, " + compression, data, monarch::run));
        }
        contenders.add(new Contender(
                        "monarch, ZSTD, whole process", () -> process("backup", database, Compression.ZSTD.name()))
                .withCleanup(this::forgetBackups));
        if (tools != null) {
            contenders.add(new Contender("mongodump --archive", () -> tools.dump(database)));
            contenders.add(new Contender("mongodump --archive --gzip", () -> tools.dump(database, "--gzip")));
        }
        contenders.replaceAll(Contender::steady);
        return contenders;
    }

    private List<Contender> restores(DataSet data, String database) throws Exception {
        String name = new Monarch(client, database, kept).keep(Compression.best());
        ForkedMonarch monarch = fork("restore", TARGET, name);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                new Contender("scan and insertMany, no indexes", () -> new BareServer(client).copy(database, TARGET)));
        contenders.add(new Contender("monarch, with all its checks", monarch::run).warmedUp(data.warmUpRestores()));
        contenders.add(new Contender("monarch, whole process", () -> process("restore", TARGET, name)));
        if (tools != null) {
            tools.dump(database);
            contenders.add(new Contender("mongorestore --drop", () -> tools.restore(database, TARGET)));
            contenders.add(new Contender(
                    "mongorestore --drop, its best flags",
                    () -> tools.restore(database, TARGET, MongoTools.BEST_FLAGS)));
        }
        return contenders;
    }

    private long process(String verb, String database, String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ForkedMonarch.command());
        command.addAll(arguments(verb, database, what));
        WholeProcess.run(command, folder.resolve("process.log"));
        return 0;
    }

    private ForkedMonarch fork(String verb, String database, String what) throws IOException {
        ForkedMonarch fork = ForkedMonarch.start(arguments(verb, database, what), folder.resolve("fork.log"));
        forks.add(fork);
        return fork;
    }

    private List<String> arguments(String verb, String database, String what) {
        return List.of(verb, server.uri(), database, kept.toString(), what);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
