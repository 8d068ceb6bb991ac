package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.archive.Compression;

/**
 * Backups, restores and copies at full pace with an earlier build of Monarch and with this one, in turns.
 *
 * <p>Arguments: the class path of this module in the earlier build, number of documents of about 1 KB (500,000), number of
 * runs (7), and the data ({@code ONE_LARGE}, {@code MANY_SMALL}; both). The number of small documents is the same. Each build runs in its steady state, in one process for
 * each operation, with 256 MB of heap.
 */
public final class EarlierBuildBenchmark {

    private static final String RESTORED = "restored";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private final BenchmarkServer server;

    private final BenchmarkServer other;

    private final String earlier;

    private final List<ForkedMonarch> forks = new ArrayList<>();

    private EarlierBuildBenchmark(Path folder, BenchmarkServer server, BenchmarkServer other, String earlier) {
        this.folder = folder;
        this.server = server;
        this.other = other;
        this.earlier = earlier;
    }

    /**
     * Runs everything.
     *
     * @param arguments class path, number of documents, number of runs, data
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            throw new IllegalArgumentException("The first argument must be the class path of an earlier build");
        }
        int documents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500_000;
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        DataSet[] data = arguments.length > 3 ? new DataSet[] {DataSet.valueOf(arguments[3])} : DataSet.values();
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(Files.createDirectory(folder.resolve("server")));
                BenchmarkServer other = BenchmarkServer.start(Files.createDirectory(folder.resolve("other")))) {
            EarlierBuildBenchmark benchmark = new EarlierBuildBenchmark(folder, server, other, arguments[0]);
            for (DataSet each : data) {
                benchmark.compare(each, documents, runs);
            }
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void compare(DataSet data, int documents, int runs) throws Exception {
        String database = data.name().toLowerCase(Locale.ROOT);
        try (MongoClient client = MongoClients.create(server.uri())) {
            data.fill(client.getDatabase(database), documents);
            String kept = new Monarch(client, database, source()).keep(Compression.best());
            compare("Backup, uncompressed", data, documents, runs, "backup", database, Compression.NONE.name());
            compare(
                    "Backup, compressed",
                    data,
                    documents,
                    runs,
                    "backup",
                    database,
                    Compression.best().name());
            compare("Restore", data, documents, runs, "restore", RESTORED, kept);
            compare("Copy", data, documents, runs, "copy", database, other.uri());
            client.getDatabase(RESTORED).drop();
            client.getDatabase(database).drop();
        }
    }

    private void compare(String title, DataSet data, int documents, int runs, String... operation) throws Exception {
        try {
            List<Contender> builds = List.of(
                    contender("earlier build", data, earlier, operation),
                    contender("this build", data, System.getProperty("java.class.path"), operation));
            new Comparison(title + " of " + data.describe(documents), builds, server::settle).run(runs, out);
        } finally {
            forks.forEach(ForkedMonarch::close);
            forks.clear();
        }
    }

    private Contender contender(String name, DataSet data, String classPath, String... operation) throws IOException {
        boolean backup = operation[0].equals("backup");
        Path store = backup ? folder.resolve("taken") : source();
        ForkedMonarch fork = ForkedMonarch.start(
                classPath,
                List.of(operation[0], server.uri(), operation[1], store.toString(), operation[2]),
                folder.resolve("fork.log"));
        forks.add(fork);
        return new Contender(name, fork::run)
                .warmedUp(backup ? data.warmUpBackups() : data.warmUpRestores())
                .steady()
                .withCleanup(() -> forget(folder.resolve("taken")));
    }

    private Path source() {
        return folder.resolve("source");
    }

    private static void forget(Path taken) throws IOException {
        if (Files.exists(taken)) {
            BackupBenchmark.delete(taken);
        }
    }
}
