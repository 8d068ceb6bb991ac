package dev.monarch.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A real server: the one of {@code MONARCH_BENCHMARK_URI}, or else a replica set, by default with one member, started from
 * {@code MONARCH_TEST_MONGOD} or the path.
 */
final class BenchmarkServer implements AutoCloseable {

    private static final int ATTEMPTS = 200;

    private static final String PAST = "minSnapshotHistoryWindowInSeconds";

    /** The server's default. */
    private static final int USUAL_PAST = 300;

    private final String uri;

    private final List<Process> processes;

    private final @Nullable Path data;

    private BenchmarkServer(String uri, List<Process> processes, @Nullable Path data) {
        this.uri = uri;
        this.processes = processes;
        this.data = data;
    }

    static BenchmarkServer start(Path folder) throws IOException, InterruptedException {
        return start(folder, 1);
    }

    static BenchmarkServer start(Path folder, int members) throws IOException, InterruptedException {
        String given = System.getenv("MONARCH_BENCHMARK_URI");
        if (given != null) {
            return new BenchmarkServer(given, List.of(), null);
        }
        String binary = Optional.ofNullable(System.getenv("MONARCH_TEST_MONGOD"))
                .or(() -> program("mongod"))
                .orElseThrow(() -> new IllegalStateException(
                        "There is no mongod: set MONARCH_TEST_MONGOD, or MONARCH_BENCHMARK_URI"));
        List<Process> processes = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        Path data = folder.resolve("data");
        for (int member = 0; member < members; member++) {
            int port = freePort();
            Path own = Files.createDirectories(member == 0 ? data : folder.resolve("data" + member));
            ports.add(port);
            processes.add(new ProcessBuilder(
                            List.of(binary, "--dbpath=" + own, "--port=" + port, "--replSet=rs", "--bind_ip=127.0.0.1"))
                    .redirectErrorStream(true)
                    .redirectOutput(new File(folder.toFile(), "mongod" + member + ".log"))
                    .start());
        }
        try {
            initiate(ports);
        } catch (RuntimeException e) {
            processes.forEach(Process::destroyForcibly);
            throw e;
        }
        String hosts = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        return new BenchmarkServer("mongodb://" + hosts + "/?replicaSet=rs", processes, data);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static Optional<String> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void initiate(List<Integer> ports) throws InterruptedException {
        List<Document> members = ports.stream()
                .map(port -> new Document("_id", ports.indexOf(port))
                        .append("host", "127.0.0.1:" + port)
                        .append("priority", port.equals(ports.get(0)) ? 2 : 1))
                .toList();
        String direct = "mongodb://127.0.0.1:" + ports.get(0) + "/?directConnection=true";
        try (MongoClient client = MongoClients.create(direct)) {
            client.getDatabase("admin")
                    .runCommand(new Document("replSetInitiate", new Document("_id", "rs").append("members", members)));
            for (int attempt = 0; attempt < ATTEMPTS * ports.size(); attempt++) {
                if (isPrimary(client)) {
                    return;
                }
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The replica set has no primary");
    }

    private static boolean isPrimary(MongoClient client) {
        try {
            return client.getDatabase("admin")
                    .runCommand(new Document("hello", 1))
                    .getBoolean("isWritablePrimary", false);
        } catch (MongoException e) {
            return false;
        }
    }

    /**
     * Waits until the server has finished the work that a run left behind. It keeps the files of dropped collections as
     * long as its snapshot history, and a restore drops more than a thousand. Only for a server that was started here.
     */
    void settle() throws IOException, InterruptedException {
        if (data == null) {
            return;
        }
        try (MongoClient client = MongoClients.create(uri)) {
            MongoDatabase admin = client.getDatabase("admin");
            admin.runCommand(new Document("setParameter", 1).append(PAST, 0));
            for (int attempt = 0; files(data) > used(client); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("The server keeps the files of dropped collections");
                }
                // Each write moves the end of the snapshot history.
                client.getDatabase("settling").getCollection("ticks").insertOne(new Document());
                admin.runCommand(new Document("fsync", 1));
                Thread.sleep(500);
            }
            admin.runCommand(new Document("setParameter", 1).append(PAST, USUAL_PAST));
        }
    }

    private static long files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("collection-") || file.startsWith("index-"))
                    .count();
        }
    }

    private static long used(MongoClient client) {
        long used = 0;
        for (String database : client.listDatabaseNames()) {
            Document stats = client.getDatabase(database).runCommand(new Document("dbStats", 1));
            used += stats.get("collections", Number.class).longValue()
                    + stats.get("indexes", Number.class).longValue();
        }
        return used;
    }

    String uri() {
        return uri;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
