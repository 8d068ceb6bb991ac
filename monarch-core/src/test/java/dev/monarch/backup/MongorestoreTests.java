package dev.monarch.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.archive.Compression;
import dev.monarch.archive.Fixture;
import dev.monarch.archive.FixtureTruth;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.environment.Protection;
import dev.monarch.lock.LockSettings;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Without Monarch at hand, MongoDB's own tool restores what Monarch kept; needs {@code mongorestore} on the path. */
class MongorestoreTests {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"GZIP", "NONE"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void mongorestoreReadsOurs(Compression compression, TestMongo mongo) throws Exception {
        Optional<Path> mongorestore = onThePath("mongorestore");
        assumeThat(mongorestore).as("mongorestore on the PATH").isPresent();
        String name = "k" + Long.toString(System.nanoTime(), 36);
        String uri = mongo.uri(name);
        MongoDatabase database = mongo.client().getDatabase(name);
        Path archive = backupOfTheFixture(mongo, name, compression);
        database.drop();

        List<String> command = new ArrayList<>(List.of(
                mongorestore.orElseThrow().toString(),
                "--uri=" + uri.replace("/" + name, "/"),
                "--bypassDocumentValidation",
                "--archive=" + archive));
        if (compression == Compression.GZIP) {
            command.add("--gzip");
        }
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            assertThat(process.awaitExit(Duration.ofMinutes(1)))
                    .as(String.join("\n", process.lines()))
                    .isZero();
        }

        FixtureTruth.of("mongodb-5.0").isIn(database);
    }

    private Path backupOfTheFixture(TestMongo mongo, String name, Compression compression) throws IOException {
        MonarchEnvironment environment = MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), name);
        EnvironmentRegistry environments = new EnvironmentRegistry(() -> environment, List.of());
        BackupStores stores = new BackupStores(List.of(new LocalBackupStore(folder.resolve("kept"))), null);
        Path dump = folder.resolve("dump.archive.gz");
        Files.write(dump, Fixture.bytes("mongodb-5.0/kennel_fixture.archive.gz"));
        new RestoreService(environments, stores, new Guard(false), LockSettings.DEFAULT, "monarch.history")
                .restore(RestoreRequest.of(BackupSource.file(dump), "kennel").approved(Approval.confirmed()));
        BackupReport report = new BackupService(
                        environments,
                        stores,
                        new QuerySets(List.of(), null, null),
                        "monarch.history",
                        Clock.systemUTC())
                .backup(BackupRequest.of("kennel").compressed(compression));
        return folder.resolve("kept").resolve(report.name() + compression.extension());
    }

    private static Optional<Path> onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory).resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
