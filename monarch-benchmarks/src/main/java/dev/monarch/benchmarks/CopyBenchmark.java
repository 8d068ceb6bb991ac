package dev.monarch.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import org.jspecify.annotations.Nullable;

import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;

/**
 * Copies one database of a server into another: with Monarch, with mongodump piped into
 * mongorestore, and with the plain driver without checks, in turns.
 *
 * <p>Arguments: number of documents (1,000,000), number of runs (7). The tools are measured if both are on the path.
 */
public final class CopyBenchmark {

    private static final String TARGET = "target";

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final BenchmarkServer server;

    private final MongoClient client;

    private final @Nullable MongoTools tools;

    private final int runs;

    private CopyBenchmark(Path folder, BenchmarkServer server, MongoClient client, int runs) {
        this.server = server;
        this.client = client;
        this.tools = MongoTools.find(server.uri(), folder).orElse(null);
        this.runs = runs;
    }

    /**
     * Runs everything.
     *
     * @param arguments number of documents, number of runs
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        int documents = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int runs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        Path folder = Files.createTempDirectory("monarch-benchmark");
        try (BenchmarkServer server = BenchmarkServer.start(folder);
                MongoClient client = MongoClients.create(server.uri())) {
            CopyBenchmark benchmark = new CopyBenchmark(folder, server, client, runs);
            benchmark.compare(DataSet.ONE_LARGE, documents);
            benchmark.compare(DataSet.MANY_SMALL, documents / 2);
        } finally {
            BackupBenchmark.delete(folder);
        }
    }

    private void compare(DataSet data, int count) throws Exception {
        String database = data.name().toLowerCase(Locale.ROOT);
        data.fill(client.getDatabase(database), count);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(
                new Contender("scan and insertMany, no indexes", () -> new BareServer(client).copy(database, TARGET)));
        int warmUps = data.warmUpRestores();
        contenders.add(new Contender("monarch, with all its checks", () -> copy(database, null)).warmedUp(warmUps));
        if (data == DataSet.ONE_LARGE) {
            contenders.add(new Contender("monarch, one field masked", () -> copy(database, "Masked")));
            contenders.add(new Contender("monarch, every second document", () -> copy(database, "Half")));
        }
        if (tools != null) {
            contenders.add(new Contender("mongodump --archive | mongorestore", () -> tools.pipe(database, TARGET)));
        } else {
            out.println("mongodump and mongorestore are not both on the path");
        }
        new Comparison("Copy of " + data.describe(count), contenders, server::settle).run(runs, out);
        client.getDatabase(database).drop();
        client.getDatabase(TARGET).drop();
    }

    private long copy(String database, @Nullable String querySet) {
        client.getDatabase(TARGET).drop();
        MonarchEnvironment source = MonarchEnvironment.using("source", Protection.OFF, client, database);
        MonarchEnvironment target = MonarchEnvironment.using(TARGET, Protection.OFF, client, TARGET);
        CopyService copies = new CopyService(
                new EnvironmentRegistry(() -> source, List.of(target)),
                new QuerySets(List.of(new Masked(), new Half()), null, null),
                new Guard(false),
                LockSettings.DEFAULT,
                "monarch.history");
        copies.copy(
                CopyRequest.of("source", TARGET).withQuerySet(querySet == null ? null : QuerySetRequest.of(querySet)),
                Approval.confirmed());
        return 0;
    }

    private static final class Masked implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.mask("large", "email", Masker.email());
        }
    }

    private static final class Half implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("large", Filters.mod("n", 2, 0));
        }
    }
}
