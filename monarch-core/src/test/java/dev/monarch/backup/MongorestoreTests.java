package dev.monarch.backup;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.archive.Compression;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Restores Monarch's backups with MongoDB's own tools. Needs {@code mongorestore} and {@code zstd} on the path. */
class MongorestoreTests {

    @TempDir
    private Path folder;

    /**
     * Compares with a restore of the same data from {@code mongodump}, because {@code mongorestore} omits names with a
     * line break.
     */
    @ParameterizedTest
    @EnumSource
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void mongorestoreReadsOurArchivesLikeThoseOfMongodump(Compression compression, TestMongo mongo) throws Exception {
        assumeOnThePath("mongorestore");
        if (compression == Compression.ZSTD) {
            assumeOnThePath("zstd");
        }
        String name = "k" + Long.toString(System.nanoTime(), 36);
        MongoDatabase database = mongo.client().getDatabase(name);
        Path dump = folder.resolve("dump.archive.gz");
        Files.write(dump, Fixture.bytes("mongodb-5.0/kennel_fixture.archive.gz"));
        Path ours = backupOf(dump, mongo, name, compression);
        String server = mongo.uri(name).replace("/" + name, "/");
        database.drop();
        restore("mongorestore", Compression.GZIP, dump, server, "--nsFrom=kennel_fixture.*", "--nsTo=" + name + ".*");
        Map<String, Restored> expected = contentOf(database);
        database.drop();

        for (String program : compression == Compression.GZIP ? programs() : List.of("mongorestore")) {
            database.drop();
            restore(program, compression, ours, server);

            assertThat(contentOf(database))
                    .as(program)
                    .isEqualTo(expected)
                    .hasSizeGreaterThan(20)
                    .containsKey("dogs");
        }
    }

    /** All versions on the path: an older one may be called {@code mongorestore-100.5}. */
    private static List<String> programs() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(MongorestoreTests::programsIn)
                .distinct()
                .toList();
    }

    private static Stream<String> programsIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files
                    .filter(Files::isExecutable)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("mongorestore"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static void restore(String program, Compression compression, Path archive, String server, String... options)
            throws Exception {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", line(program, compression), "sh", archive.toString(), "--uri=" + server));
        command.addAll(List.of(options));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            assertThat(process.awaitExit(Duration.ofMinutes(1)))
                    .as(String.join("\n", process.lines()))
                    .isZero();
        }
    }

    /** The command of a user: the archive, and the options of mongorestore. */
    private static String line(String program, Compression compression) {
        String line = "archive=\"$1\"; shift; ";
        String restore = program + " --bypassDocumentValidation \"$@\" ";
        return line
                + switch (compression) {
                    case ZSTD -> "zstd -dc \"$archive\" | " + restore + "--archive";
                    case GZIP -> restore + "--gzip --archive=\"$archive\"";
                    case NONE -> restore + "--archive=\"$archive\"";
                };
    }

    private static Map<String, Restored> contentOf(MongoDatabase database) {
        Map<String, Restored> content = new TreeMap<>();
        for (BsonDocument collection : database.listCollections(BsonDocument.class)) {
            String name = collection.getString("name").getValue();
            boolean isView = collection.getString("type").getValue().equals("view");
            MongoCollection<BsonDocument> documents = database.getCollection(name, BsonDocument.class);
            if (!name.startsWith("system.") || name.equals("system.js")) {
                content.put(
                        name,
                        new Restored(
                                collection.getDocument("options"),
                                isView ? Set.of() : indexesOf(documents),
                                documents
                                        .find()
                                        .map(MongorestoreTests::digestOf)
                                        .into(new HashSet<>())));
            }
        }
        return content;
    }

    /** All indexes except a hashed one of {@code _id}, which older versions of mongorestore do not restore reliably. */
    private static Set<BsonDocument> indexesOf(MongoCollection<BsonDocument> collection) {
        Set<BsonDocument> indexes = collection.listIndexes(BsonDocument.class).into(new HashSet<>());
        indexes.removeIf(
                index -> index.getDocument("key").get("_id", BsonNull.VALUE).isString());
        return indexes;
    }

    /** The digest without timestamps: the server replaces an empty timestamp by the time at every insert. */
    private static String digestOf(BsonDocument document) {
        document.values().removeIf(BsonValue::isTimestamp);
        ByteBuffer bytes = new RawBsonDocument(document, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Restored(BsonDocument options, Set<BsonDocument> indexes, Set<String> documents) {}

    private Path backupOf(Path dump, TestMongo mongo, String name, Compression compression) {
        MonarchEnvironment environment = MonarchEnvironment.using("kennel", Protection.DEFAULT, mongo.client(), name);
        EnvironmentRegistry environments = new EnvironmentRegistry(() -> environment, List.of());
        BackupStores stores = new BackupStores(List.of(new LocalBackupStore(folder.resolve("kept"))), null);
        new RestoreService(environments, stores, new Guard(false), LockSettings.DEFAULT, "monarch.history")
                .restore(RestoreRequest.of(BackupSource.file(dump), "kennel"), Approval.confirmed());
        BackupReport report = new BackupService(
                        environments,
                        stores,
                        new QuerySets(List.of(), null, null),
                        "monarch.history",
                        Clock.systemUTC())
                .backup(BackupRequest.of("kennel").compressed(compression));
        return folder.resolve("kept").resolve(report.name() + compression.extension());
    }

    private static void assumeOnThePath(String program) {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, program)))
                .as("needs the command '%s' on the PATH", program)
                .anyMatch(Files::isExecutable);
    }
}
