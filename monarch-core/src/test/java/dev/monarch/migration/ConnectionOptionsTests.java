package dev.monarch.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCluster;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs each row of the table in docs/environments.md, under "Monarch's own client". */
@MongoTest
class ConnectionOptionsTests {

    private static final String UUID_OPTION = "uuidRepresentation=javaLegacy";

    @TempDir
    private Path folder;

    private record Row(String option, List<String> cells) {

        static Row of(String line) {
            List<String> cells =
                    Stream.of(line.split("\\|")).skip(1).map(String::strip).toList();
            return new Row(cells.get(0).replace("`", ""), cells.subList(1, cells.size()));
        }
    }

    /** The commands of one run, by the columns of the table. */
    private record Sent(List<Set<String>> columns) {}

    @TestFactory
    Stream<DynamicTest> migrationsBackupsAndRestoresWorkAsTheTableSays(TestMongo mongo) throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSize(13);
        Sent without = run("connectTimeoutMS=10000", mongo);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    Sent with = run(row.option(), mongo);
                    for (int column = 0; column < row.cells().size(); column++) {
                        check(
                                row,
                                row.cells().get(column),
                                without.columns().get(column),
                                with.columns().get(column));
                    }
                }));
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/environments.md")).stream()
                .dropWhile(line -> !line.startsWith("| option |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(Row::of)
                .toList();
    }

    private static void check(Row row, String cell, Set<String> without, Set<String> with) {
        if (row.option().startsWith("compressors")) {
            // A compressed message cannot be inspected, so the test only checks that everything works.
            return;
        }
        if (cell.startsWith("ignored") || cell.startsWith("`")) {
            assertThat(with).as(row.option()).isEqualTo(without);
        } else if (cell.startsWith("overridden")) {
            assertThat(with.toString()).as(row.option()).contains(cell.split("`")[1]);
        } else if (isSent(row.option())) {
            assertThat(cell).startsWith("applies");
            assertThat(with).as(row.option()).isNotEqualTo(without);
        }
    }

    /** Others change nothing in a command. */
    private static boolean isSent(String option) {
        return Stream.of("readPreference", "readConcernLevel", "w=", "timeoutMS")
                .anyMatch(option::startsWith);
    }

    /** Migrates, backs up and restores. */
    private Sent run(String option, TestMongo mongo) throws IOException {
        mongo.database().drop();
        KennelDatabase.fill(mongo.database(), "dogs", 50);
        UUID uuid = UUID.randomUUID();
        try (FaultyLine line = FaultyLine.to(mongo)) {
            MongoClientSettings settings = MongoClientSettings.builder()
                    .applyConnectionString(new ConnectionString(line.uri(option)))
                    .build();
            try (MongoClient client = MongoClients.create(settings);
                    MonarchEnvironment environment = MonarchEnvironment.using(
                            "kennel", Protection.OFF, client, mongo.databaseName(), () -> Optional.of(settings))) {
                TestMigrations.on(environment)
                        .with("1", context -> {
                            Document ran = new Document("_id", 1);
                            if (option.equals(UUID_OPTION)) {
                                ran.append("uuid", uuid);
                            }
                            context.database().getCollection("ran").insertOne(ran);
                            assertThat(context.database().getCollection("ran").find())
                                    .hasSize(1);
                        })
                        .migrate();
                List<BsonDocument> migrated = line.commands();
                String backup = backups(environment)
                        .backup(BackupRequest.of("kennel").named(name(option)))
                        .manifest()
                        .name();
                List<BsonDocument> backedUp =
                        line.commands().subList(migrated.size(), line.commands().size());
                mongo.database().getCollection("dogs").deleteMany(new Document());
                int before = line.commands().size();
                restores(environment)
                        .restore(RestoreRequest.of(BackupSource.stored(backup), "kennel"), Approval.naming("kennel"));
                List<BsonDocument> restored =
                        line.commands().subList(before, line.commands().size());
                assertThat(mongo.database().getCollection("dogs").countDocuments())
                        .isEqualTo(50);
                if (option.equals(UUID_OPTION)) {
                    assertThat(uuidType(mongo)).isEqualTo((byte) 3);
                }
                return new Sent(List.of(
                        traits(migrated, ConnectionOptionsTests::isOfMonarch),
                        traits(migrated, command -> !isOfMonarch(command)),
                        traits(backedUp, command -> true),
                        traits(restored, command -> true)));
            }
        }
    }

    /** The name of the own client on the server. */
    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void theServerSeesTheNameOfTheApplication(TestMongo mongo) {
        String uri = mongo.uri();
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(
                        new ConnectionString(uri + (uri.contains("?") ? "&" : "?") + "appName=kennel&compressors=zlib"))
                .build();
        try (MongoClient client = MongoClients.create(settings);
                MonarchEnvironment environment = MonarchEnvironment.using(
                        "kennel", Protection.OFF, client, mongo.databaseName(), () -> Optional.of(settings))) {
            assertThat(nameOf(environment.client())).isEqualTo("kennel");
            assertThat(nameOf(environment.ownClient())).isEqualTo("kennel (monarch)");
        }
    }

    private static String nameOf(MongoCluster client) {
        Document operation = client.getDatabase("admin")
                .aggregate(List.of(
                        Document.parse("{$currentOp: {}}"),
                        Document.parse(
                                "{$match: {'command.aggregate': 1, 'command.pipeline.0.$currentOp': {$exists: 1}}}")))
                .first();
        return operation == null ? "" : operation.getString("appName");
    }

    private static byte uuidType(TestMongo mongo) {
        BsonDocument ran =
                mongo.database().getCollection("ran", BsonDocument.class).find().first();
        return ran != null && ran.get("uuid") instanceof BsonBinary uuid ? uuid.getType() : -1;
    }

    /** The options of a command. Heartbeats are ignored, because their time varies. */
    private static Set<String> traits(List<BsonDocument> commands, Predicate<BsonDocument> chosen) {
        Set<String> traits = new TreeSet<>();
        for (BsonDocument command : commands) {
            if (chosen.test(command) && !isHeartbeat(command)) {
                List<String> parts = new ArrayList<>(List.of(command.getFirstKey()));
                parts.add("read " + level(command.getDocument("readConcern", new BsonDocument()), "level"));
                parts.add("write " + command.getDocument("writeConcern", new BsonDocument()));
                parts.add("from " + level(command.getDocument("$readPreference", new BsonDocument()), "mode"));
                parts.add("limited " + command.containsKey("maxTimeMS"));
                parts.add("retryable " + command.containsKey("txnNumber"));
                traits.add(String.join(", ", parts));
            }
        }
        return traits;
    }

    private static boolean isHeartbeat(BsonDocument command) {
        return new BsonString(EnvironmentLock.COLLECTION).equals(command.get(command.getFirstKey()))
                && command.containsKey("maxTimeMS");
    }

    private static String level(BsonDocument settings, String field) {
        return settings.getString(field, new BsonString("")).getValue();
    }

    private static boolean isOfMonarch(BsonDocument command) {
        return !(command.get(command.getFirstKey()) instanceof BsonString collection)
                || !collection.getValue().equals("ran");
    }

    private static String name(String option) {
        return option.replaceAll("[^A-Za-z0-9]", "-");
    }

    private BackupService backups(MonarchEnvironment environment) {
        return new BackupService(
                new EnvironmentRegistry(() -> environment, List.of()),
                stores(),
                new QuerySets(List.of(), null, null),
                KennelDatabase.HISTORY,
                Clock.systemUTC());
    }

    private RestoreService restores(MonarchEnvironment environment) {
        return new RestoreService(
                new EnvironmentRegistry(() -> environment, List.of()),
                stores(),
                new Guard(false),
                KennelDatabase.LOCK,
                KennelDatabase.HISTORY);
    }

    private BackupStores stores() {
        return new BackupStores(List.of(new LocalBackupStore(folder)), null);
    }
}
