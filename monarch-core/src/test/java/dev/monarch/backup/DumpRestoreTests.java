package dev.monarch.backup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.engine.archive.Fixture;
import dev.monarch.engine.archive.FixtureTruth;
import dev.monarch.engine.dump.DumpForm;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Restores directories of mongodump, and zip and tar files of them. */
@MongoTest
class DumpRestoreTests {

    private static final byte[] DOCUMENT = {14, 0, 0, 0, 0x10, '_', 'i', 'd', 0, 1, 0, 0, 0, 0};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "mongodb-4.4, STORED_ZIP_WITHOUT_FOLDER",
        "mongodb-5.0, FOLDER_OF_A_SERVER",
        "mongodb-5.0, TAR_WITH_ZSTD_IN_NO_ORDER"
    })
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aDumpIsRestoredExactly(String version, DumpForm form, TestMongo mongo) throws Exception {
        Path dump = form.write(DumpForm.fixture(version), folder);

        FixtureTruth truth = FixtureTruth.of(version);
        assertRestoredExactly(dump, version.equals("mongodb-4.4") ? truth.without("big") : truth, mongo);
    }

    private void assertRestoredExactly(Path dump, FixtureTruth truth, TestMongo mongo) throws Exception {
        // The longest name of a collection is too long for a database with a longer name.
        String name = "k" + Long.toString(System.nanoTime(), 36);
        Kennel.of(folder.resolve("kept"), KennelDatabase.environment("kennel", mongo.client(), name))
                .restores()
                .restore(
                        RestoreRequest.of(BackupSource.of(dump.toString(), null), "kennel"), Approval.naming("kennel"));

        truth.isIn(mongo.client().getDatabase(name));
        mongo.client().getDatabase(name).drop();
    }

    @ParameterizedTest
    @MethodSource({"dev.monarch.engine.archive.Fixture#dumps", "dev.monarch.engine.archive.Fixture#archives"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aFileOfMongodumpIsRestoredExactly(String file, TestMongo mongo) throws Exception {
        Path dump = Files.write(folder.resolve("dump.file"), Fixture.bytes(file));

        FixtureTruth truth = FixtureTruth.of(Fixture.folder(file));
        assertRestoredExactly(dump, Fixture.hasBig(file) ? truth : truth.without("big"), mongo);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mongodb-4.4", "mongodb-5.0"})
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void whatMongodumpOnThePathWritesIsRestoredExactly(String version, TestMongo mongo) throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(directory -> Path.of(directory, "mongodump")))
                .as("needs the command 'mongodump' on the PATH")
                .anyMatch(Files::isExecutable);
        String name = "k" + Long.toString(System.nanoTime(), 36);
        Path archive = Files.write(folder.resolve("a"), Fixture.bytes(version + "/kennel_fixture.archive.gz"));
        Kennel kennel = Kennel.of(folder.resolve("kept"), KennelDatabase.environment("kennel", mongo.client(), name));
        kennel.restores().restore(RestoreRequest.of(BackupSource.file(archive), "kennel"), Approval.naming("kennel"));
        Path dump = folder.resolve("dump");
        try (TestProcess process = TestProcess.start(
                Map.of(), List.of("mongodump", "--gzip", "--uri=" + mongo.uri(name), "--out=" + dump))) {
            assertThat(process.awaitExit(Duration.ofMinutes(1)))
                    .as(String.join("\n", process.lines()))
                    .isZero();
        }
        mongo.client().getDatabase(name).drop();

        kennel.restores().restore(RestoreRequest.of(BackupSource.file(dump), "kennel"), Approval.naming("kennel"));

        FixtureTruth.of(version).isIn(mongo.client().getDatabase(name));
        mongo.client().getDatabase(name).drop();
    }

    @Test
    void indexesOfOldToolsAreBuilt(TestMongo mongo) throws IOException {
        byte[] metadata = ("{options : { \"create\" : \"dogs\", \"flags\" : 1, \"autoIndexId\" : true }, indexes:["
                        + "{ \"v\" : 0, \"key\" : { \"_id\" : 1 }, \"ns\" : \"kennel.dogs\", \"name\" : \"_id_\" }, "
                        + "{ \"v\" : 0, \"key\" : { \"a\" : 1.0 }, \"ns\" : \"kennel.dogs\", \"name\" : \"a_1\","
                        + " \"background\" : 1, \"safe\" : true }, "
                        + "{ \"v\" : 1, \"key\" : { \"b\" : -1 }, \"ns\" : \"kennel.dogs\", \"name\" : \"b_-1\","
                        + " \"unique\" : true, \"dropDups\" : true, \"sparse\" : true, \"background\" : true }]}")
                .getBytes(StandardCharsets.UTF_8);
        Path dump = DumpForm.folder(
                Map.of("dogs.bson", DOCUMENT, "dogs.metadata.json", metadata), folder.resolve("dump/kennel"));

        kennel(mongo)
                .restores()
                .restore(RestoreRequest.of(BackupSource.file(dump), "kennel"), Approval.naming("kennel"));

        assertThat(mongo.database().getCollection("dogs").listIndexes())
                .extracting(index -> index.getString("name"))
                .containsExactlyInAnyOrder("_id_", "a_1", "b_-1");
        assertThat(mongo.database().getCollection("dogs").find()).hasSize(1);
    }

    /** mongodump before 100.4 dumped a time series like that. */
    @Test
    void measurementsInsteadOfBucketsAreRefusedUnlessTheyAreLeftOut(TestMongo mongo) throws IOException {
        byte[] metadata =
                "{\"options\":{\"timeseries\":{\"timeField\":\"t\"}},\"indexes\":[]}".getBytes(StandardCharsets.UTF_8);
        BackupSource dump = BackupSource.file(DumpForm.folder(
                Map.of("weather.bson", DOCUMENT, "weather.metadata.json", metadata, "dogs.bson", DOCUMENT),
                folder.resolve("dump/shop")));

        assertThatExceptionOfType(OperationRefusedException.class)
                .isThrownBy(() -> kennel(mongo).backups().verify(dump, TransferListener.NONE))
                .withMessageContaining("it has measurements of the time series 'weather' instead of its buckets");

        kennel(mongo)
                .restores()
                .restore(
                        RestoreRequest.of(dump, "kennel")
                                .selecting(new CollectionSelection(List.of(), List.of("weather"))),
                        Approval.naming("kennel"));
        assertThat(mongo.database().getCollection("dogs").find()).hasSize(1);
    }

    @Test
    void oneCollectionOfADumpIsRestoredAndOthersAreKept(TestMongo mongo) throws IOException {
        mongo.database().getCollection("cats").insertOne(new Document("_id", "of the target"));
        Path dump = DumpForm.folder(
                Map.of("dogs.bson", DOCUMENT, "cats.bson", DOCUMENT, "mice.bson", DOCUMENT),
                folder.resolve("dump/shop"));

        kennel(mongo)
                .restores()
                .restore(
                        RestoreRequest.of(BackupSource.of(dump.toString(), null), "kennel")
                                .selecting(new CollectionSelection(List.of("dogs"), List.of())),
                        Approval.naming("kennel"));

        assertThat(mongo.database().getCollection("dogs").find()).containsExactly(new Document("_id", 1));
        assertThat(mongo.database().getCollection("cats").find()).containsExactly(new Document("_id", "of the target"));
        assertThat(mongo.database().getCollection("mice").countDocuments()).isZero();
    }

    @Test
    void damageNamesTheFileAndTheByteBeforeAnythingChanges(TestMongo mongo) throws IOException {
        MongoDatabase database = mongo.database();
        database.getCollection("dogs").insertOne(new Document("_id", "of the target"));
        byte[] cut = new byte[20];
        System.arraycopy(DOCUMENT, 0, cut, 0, DOCUMENT.length);
        cut[DOCUMENT.length] = 14;
        // The damage is in a collection that is not selected.
        Path dump = DumpForm.folder(Map.of("dogs.bson", DOCUMENT, "zebras.bson", cut), folder.resolve("dump/shop"));

        assertThatExceptionOfType(DamagedArchiveException.class)
                .isThrownBy(() -> kennel(mongo)
                        .restores()
                        .restore(
                                RestoreRequest.of(BackupSource.file(folder.resolve("dump")), "kennel")
                                        .selecting(new CollectionSelection(List.of("dogs"), List.of())),
                                Approval.naming("kennel")))
                .withMessage(
                        "'shop/zebras.bson' is damaged at byte 20, in collection 'shop.zebras': it is cut off here,"
                                + " in document 2, which follows the one with {\"_id\": 1}.");
        assertThat(Files.exists(dump)).isTrue();
        assertThat(database.getCollection("dogs").find()).containsExactly(new Document("_id", "of the target"));
    }

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(
                folder.resolve("kept"), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }
}
