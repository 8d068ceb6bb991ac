package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.jspecify.annotations.Nullable;

import dev.monarch.archive.Compression;
import dev.monarch.benchmarks.Neighbours.Latencies;

/**
 * The latency of an application during backups and restores of Monarch and of MongoDB's tools, in turns on one server.
 *
 * <p>Four clients read and update another collection all the time. Arguments: number of documents of about 1 KB that are
 * backed up (400,000), number of runs (5), and a regular expression for the names of the contenders that run (all).
 * mongodump and mongorestore are measured if both are on the path. Monarch is measured in its steady state, in one process
 * for each contender, with 256 MB of heap. {@code MONARCH_BENCHMARK_FOLDER} is the folder of backups and dumps.
 */
public final class NeighbourBenchmark {

    private static final String SOURCE = "moved";

    private static final String TARGET = "target";

    private static final long QUIET_MILLIS = 5_000;

    /** Until nearly all code is compiled. */
    private static final int WARM_UPS = 6;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Path folder;

    private final Path kept;

    private final BenchmarkServer server;

    private final MongoClient client;

    private final @Nullable MongoTools tools;

    private final List<ForkedMonarch> forks = new ArrayList<>();

    private NeighbourBenchmark(Path folder, BenchmarkServer server, MongoClient client) {
        this.folder = folder;
        this.kept = folder.resolve("kept");
        this.server = server;
        this.client = client;
        this.tools = MongoTools.find(server.uri(), folder).orElse(null);
    }

    /** What runs next to the application, and its results in each run. */
    private record Neighbour(String name, Contender.Work work, int warmUps, List<Result> results) {

        private Neighbour(String name, Contender.Work work) {
            this(name, work, 0);
        }

        private Neighbour(String name, Contender.Work work, int warmUps) {
            this(name, work, warmUps, new ArrayList<>());
        }

        private double median(ToDoubleFunction<Result> value) {
            double[] sorted = results.stream().mapToDouble(value).sorted().toArray();
            return sorted[sorted.length / 2];
        }
    }

    private record Result(Latencies latencies, double seconds) {}

    /**
     * Runs everything.
     *
     * @param arguments number of documents, number of runs, names of contenders
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 400_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Pattern names = Pattern.compile(arguments.length > 2 ? arguments[2] : "");
        Path data = Files.createTempDirectory("monarch-benchmark");
        String given = System.getenv("MONARCH_BENCHMARK_FOLDER");
        Path folder = given == null ? data : Files.createTempDirectory(Path.of(given), "monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(data);
                MongoClient client = MongoClients.create(server.uri())) {
            new NeighbourBenchmark(folder, server, client).run(documents, runs, names.asPredicate());
        } finally {
            BackupBenchmark.delete(folder);
            if (given != null) {
                BackupBenchmark.delete(data);
            }
        }
    }

    private void run(int documents, int runs, Predicate<String> wanted) throws Exception {
        DataSet.ONE_LARGE.fill(client.getDatabase(SOURCE), documents);
        Neighbours.fill(client);
        try {
            List<Neighbour> all = neighbours().stream()
                    .filter(each -> wanted.test(each.name()))
                    .toList();
            for (Neighbour neighbour : all) {
                warmUp(neighbour);
            }
            for (int run = 0; run < runs; run++) {
                for (Neighbour neighbour : all) {
                    measure(neighbour);
                }
            }
            print(DataSet.ONE_LARGE.describe(documents), runs, all);
        } finally {
            forks.forEach(ForkedMonarch::close);
        }
    }

    private List<Neighbour> neighbours() throws IOException, InterruptedException {
        List<Neighbour> all = new ArrayList<>();
        all.add(new Neighbour("nothing", () -> {
            Thread.sleep(QUIET_MILLIS);
            return 0;
        }));
        for (String pace : List.of("full", "gentle")) {
            for (Compression compression : List.of(Compression.ZSTD, Compression.NONE)) {
                all.add(new Neighbour(
                        "monarch backup, " + compression + ", " + pace,
                        fork("backup", SOURCE, compression.name(), pace)::run,
                        WARM_UPS));
            }
        }
        if (tools != null) {
            all.add(new Neighbour("mongodump --gzip", () -> tools.dump(SOURCE, "--gzip")));
            all.add(new Neighbour("mongodump", () -> tools.dump(SOURCE)));
        }
        String name = new Monarch(client, SOURCE, folder.resolve("source")).keep(Compression.best());
        for (String pace : List.of("full", "gentle")) {
            all.add(new Neighbour("monarch restore, " + pace, fork("restore", TARGET, name, pace)::run, WARM_UPS));
        }
        if (tools != null) {
            // Without --gzip: the last dump before it.
            all.add(new Neighbour("mongorestore", () -> tools.restore(SOURCE, TARGET)));
        }
        return all;
    }

    private ForkedMonarch fork(String verb, String database, String what, String pace) throws IOException {
        Path store = verb.equals("backup") ? kept : folder.resolve("source");
        ForkedMonarch fork = ForkedMonarch.start(
                List.of(verb, server.uri(), database, store.toString(), what + Monarch.PACE + pace),
                folder.resolve("fork.log"));
        forks.add(fork);
        return fork;
    }

    /** First alone, then once next to the application. */
    private void warmUp(Neighbour neighbour) throws Exception {
        for (int i = 0; i < neighbour.warmUps(); i++) {
            neighbour.work().run();
            forget();
        }
        measure(neighbour);
        neighbour.results().clear();
    }

    private void measure(Neighbour neighbour) throws Exception {
        try (Neighbours application = Neighbours.start(server.uri())) {
            Thread.sleep(1_000);
            application.reset();
            long begun = System.nanoTime();
            neighbour.work().run();
            double seconds = (System.nanoTime() - begun) / 1e9;
            neighbour.results().add(new Result(application.latencies(), seconds));
        }
        forget();
    }

    private void forget() throws Exception {
        if (Files.exists(kept)) {
            BackupBenchmark.delete(kept);
        }
        client.getDatabase(TARGET).drop();
        server.settle();
    }

    private void print(String data, int runs, List<Neighbour> all) {
        out.printf(
                "%nFour clients during a transfer of %s (milliseconds; medians of %d alternating runs)%n", data, runs);
        out.printf("%-34s %8s %8s %8s %10s%n", "while … runs", "p50", "p95", "p99", "takes");
        for (Neighbour neighbour : all) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %8.1f %8.1f %8.1f %8.1f s%n",
                    neighbour.name(),
                    neighbour.median(result -> result.latencies().p50()),
                    neighbour.median(result -> result.latencies().p95()),
                    neighbour.median(result -> result.latencies().p99()),
                    neighbour.median(Result::seconds));
        }
        compare("monarch backup, ZSTD, gentle", "mongodump --gzip", 0.5, all);
        compare("monarch restore, gentle", "mongorestore", 0.9, all);
    }

    private void compare(String ours, String theirs, double allowed, List<Neighbour> all) {
        Optional<Neighbour> one = find(ours, all);
        Optional<Neighbour> other = find(theirs, all);
        if (one.isPresent() && other.isPresent()) {
            out.printf(
                    Locale.ROOT,
                    "%s ÷ %s: p99 %.2f (at most 1), time %.2f (at most %.1f)%n",
                    ours,
                    theirs,
                    one.get().median(result -> result.latencies().p99())
                            / other.get().median(result -> result.latencies().p99()),
                    one.get().median(Result::seconds) / other.get().median(Result::seconds),
                    allowed);
        }
    }

    private static Optional<Neighbour> find(String name, List<Neighbour> all) {
        return all.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
