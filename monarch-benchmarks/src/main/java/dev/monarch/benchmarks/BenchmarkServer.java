package dev.monarch.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A real mongod: that of {@code MONARCH_BENCHMARK_URI}, or else one started from {@code MONARCH_TEST_MONGOD} or the path, as
 * a replica set of one.
 */
final class BenchmarkServer implements AutoCloseable {

    private static final int ATTEMPTS = 100;

    /** The server keeps the files of dropped collections as long as its past, and each run drops over a thousand. */
    private static final String SHORT_PAST = "minSnapshotHistoryWindowInSeconds=20";

    private final String uri;

    private final @Nullable Process process;

    private BenchmarkServer(String uri, @Nullable Process process) {
        this.uri = uri;
        this.process = process;
    }

    static BenchmarkServer start(Path folder) throws IOException, InterruptedException {
        String given = System.getenv("MONARCH_BENCHMARK_URI");
        if (given != null) {
            return new BenchmarkServer(given, null);
        }
        String binary = Optional.ofNullable(System.getenv("MONARCH_TEST_MONGOD"))
                .or(() -> program("mongod"))
                .orElseThrow(() -> new IllegalStateException(
                        "There is no mongod: set MONARCH_TEST_MONGOD, or MONARCH_BENCHMARK_URI"));
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Process process = new ProcessBuilder(List.of(
                        binary,
                        "--dbpath=" + Files.createDirectories(folder.resolve("data")),
                        "--port=" + port,
                        "--replSet=rs",
                        "--setParameter=" + SHORT_PAST,
                        "--bind_ip=127.0.0.1"))
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "mongod.log"))
                .start();
        initiate(port);
        return new BenchmarkServer("mongodb://127.0.0.1:" + port + "/?replicaSet=rs", process);
    }

    static Optional<String> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static void initiate(int port) throws InterruptedException {
        String direct = "mongodb://127.0.0.1:" + port + "/?directConnection=true";
        try (MongoClient client = MongoClients.create(direct)) {
            client.getDatabase("admin")
                    .runCommand(Document.parse(
                            "{replSetInitiate: {_id: 'rs', members: [{_id: 0, host: '127.0.0.1:" + port + "'}]}}"));
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
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

    String uri() {
        return uri;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}
