package dev.monarch.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.archive.Compression;

/**
 * Backups and restores over a slow link, with each compression of the connection, alternately with MongoDB's tools.
 *
 * <p>The link delivers 20 MB/s in each direction, and a byte travels 10 ms each way, so that an answer takes 20 ms. It is
 * what a laptop has that copies a database from afar. Arguments: number of documents of about 1 KB (200,000), and number
 * of runs (5).
 */
public final class WireBenchmark {

    private static final String SOURCE = "afar";

    private static final String TARGET = "target";

    private static final long BYTES_PER_SECOND = 20_000_000;

    private static final Duration DELAY = Duration.ofMillis(10);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final SlowLink link;

    private final Path folder;

    private final Path kept;

    private final List<AutoCloseable> open = new ArrayList<>();

    private WireBenchmark(SlowLink link, Path folder) {
        this.link = link;
        this.folder = folder;
        this.kept = folder.resolve("kept");
    }

    /**
     * Runs everything.
     *
     * @param arguments number of documents, number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(Files.createDirectory(folder.resolve("server")));
                MongoClient client = MongoClients.create(server.uri());
                SlowLink link = SlowLink.to(address(server), BYTES_PER_SECOND, DELAY)) {
            DataSet.ONE_LARGE.fill(client.getDatabase(SOURCE), documents);
            String name = new Monarch(client, SOURCE, folder.resolve("source")).keep(Compression.best());
            new WireBenchmark(link, folder).compare(DataSet.ONE_LARGE.describe(documents), name, runs);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private static ServerAddress address(BenchmarkServer server) {
        return new ServerAddress(new ConnectionString(server.uri()).getHosts().get(0));
    }

    private void compare(String data, String name, int runs) throws Exception {
        try {
            List<Contender> backups = new ArrayList<>();
            List<Contender> restores = new ArrayList<>();
            for (String compressors : List.of("", "snappy", "zlib", "zstd")) {
                String words = compressors.isEmpty() ? "not compressed" : compressors;
                backups.add(measured(
                        "backup, " + words,
                        fork("backup", SOURCE, kept, "ZSTD", compressors)::run,
                        () -> BackupBenchmark.delete(kept)));
                restores.add(measured(
                        "restore, " + words,
                        fork("restore", TARGET, folder.resolve("source"), name, compressors)::run,
                        () -> {}));
            }
            addTools(backups, restores);
            new Comparison("Backup of " + data + " over a slow link", backups).run(runs, out);
            new Comparison("Restore of " + data + " over a slow link", restores).run(runs, out);
        } finally {
            for (AutoCloseable each : open) {
                each.close();
            }
        }
    }

    private void addTools(List<Contender> backups, List<Contender> restores) {
        for (String compressors : List.of("", "zstd")) {
            String words = compressors.isEmpty() ? "not compressed" : compressors;
            MongoTools.find(uri(compressors), folder).ifPresent(tools -> {
                backups.add(new Contender("mongodump, " + words, () -> tools.dump(SOURCE)));
                restores.add(new Contender("mongorestore, " + words, () -> tools.restore(SOURCE, TARGET)));
            });
        }
    }

    /** Prints how many bytes have passed the link in the run before the measured ones, which warms the process up. */
    private Contender measured(String name, Contender.Work work, Contender.Cleanup cleanup) {
        return new Contender(name, work).warmedUp(1).withCleanup(() -> {
            out.printf(Locale.ROOT, "  %-28s %6d MB over the link%n", name, link.takeBytes() / 1_000_000);
            cleanup.run();
        });
    }

    private ForkedMonarch fork(String verb, String database, Path store, String what, String compressors)
            throws IOException {
        ForkedMonarch fork = ForkedMonarch.start(
                List.of(verb, uri(compressors), database, store.toString(), what), folder.resolve("fork.log"));
        open.add(fork);
        return fork;
    }

    /** The members of the replica set are behind the link, so the client may not look for them. */
    private String uri(String compressors) {
        return "mongodb://" + link.address() + "/?directConnection=true"
                + (compressors.isEmpty() ? "" : "&compressors=" + compressors);
    }
}
