package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.client.model.CreateCollectionOptions;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.InvalidRequestException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.Compression;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.test.JournalEntries;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@MongoTest
class BackupServiceTests {

    @TempDir
    private Path parent;

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(folder(), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }

    private Path folder() {
        return parent.resolve("backups");
    }

    @Test
    void aBackupIsNamedAfterItsEnvironmentAndItsTime(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);

        assertThat(kennel(mongo).backUp("kennel").name()).isEqualTo("kennel__2026_11_20T103005Z");
        assertThat(kennel(mongo).backUp("kennel").name()).isEqualTo("kennel__2026_11_20T103005Z_2");
        assertThat(kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").named("before the flood"))
                        .name())
                .isEqualTo("before the flood__2026_11_20T103005Z");
    }

    @Test
    void theManifestDescribesTheContents(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3_000);
        mongo.database().getCollection("monarch.lock").insertOne(new Document("_id", "environment"));

        Manifest manifest = kennel(mongo).backUp("kennel");

        assertThat(kennel(mongo).backups().find(manifest.name())).isEqualTo(manifest);
        assertThat(manifest.source().environment()).isEqualTo("kennel");
        assertThat(manifest.source().database()).isEqualTo(mongo.databaseName());
        assertThat(manifest.collections())
                .extracting(BackedUpCollection::name)
                .containsExactly("cats", "dogs", "monarch.history", "nobody");
        assertThat(manifest.collection("dogs").orElseThrow().totals().documents())
                .isEqualTo(3_000);
        assertThat(manifest.collection("dogs").orElseThrow().description().indexes())
                .hasSize(2);
        assertThat(manifest.history()).isEqualTo(new Manifest.History("monarch.history", 4, "2"));
        assertThat(manifest.isPartial()).isFalse();
        assertThat(kennel(mongo).backups().list()).containsExactly(manifest.summary("local"));
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aSnapshotIsReadIfTheServerSupportsIt(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);

        Manifest manifest = kennel(mongo).backUp("kennel");

        assertThat(manifest.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(manifest.reading().clusterTime()).isNotNull();
        assertThat(manifest.source().server().topology()).startsWith("replica set ");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0")
    void aFailedBackupLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        mongo.database()
                .createCollection(
                        "log", new CreateCollectionOptions().capped(true).sizeInBytes(4096));
        BackupRequest snapshot = BackupRequest.of("kennel").consistent(Consistency.SNAPSHOT);

        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(snapshot))
                .withMessageStartingWith("Could not back up 'kennel'");

        assertThat(files()).isEmpty();
        Manifest best = kennel(mongo).backUp("kennel");
        assertThat(best.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.PER_COLLECTION);
        assertThat(best.collection("log").orElseThrow().reason()).isNotBlank();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void anInterruptedBackupLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 20_000);
        Thread here = Thread.currentThread();
        BackupRequest request =
                BackupRequest.of("kennel").telling(progress -> here.interrupt()).workers(1);

        assertThatExceptionOfType(OperationInterruptedException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(request));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(files()).isEmpty();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET, minVersion = "5.0", own = true, members = 3)
    void aBackupSurvivesAFailover(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 60_000);
        AtomicBoolean steppedDown = new AtomicBoolean();
        Kennel kennel = kennel(mongo).withHookInBackup(() -> {
            mongo.stepDown(Duration.ofSeconds(20));
            steppedDown.set(true);
        });

        Manifest manifest = kennel.backUp("kennel");

        assertThat(steppedDown).isTrue();
        assertThat(manifest.documents()).isEqualTo(60_014);
        assertThat(manifest.reading().achieved()).isEqualTo(ReadReport.AchievedConsistency.SNAPSHOT);
        assertThat(kennel.backups().verify(manifest.name()).findings()).isEmpty();
    }

    @Test
    void aFullDiskEndsABackupAndLeavesNothing(TestMongo mongo) throws Exception {
        KennelDatabase.fill(mongo.database(), 3_000);
        try (TinyDisk disk = TinyDisk.mountedIn(parent)) {
            Path backups = disk.folder().resolve("backups");
            Kennel kennel =
                    Kennel.of(backups, KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));

            assertThatExceptionOfType(BackupStoreException.class)
                    .isThrownBy(() ->
                            kennel.backups().backup(BackupRequest.of("kennel").compressed(Compression.NONE)))
                    .withMessageContaining("its disk is full");

            assertThat(files(backups)).isEmpty();
            assertThat(kennel.backups().list()).isEmpty();
        }
    }

    @Test
    void aPartialBackupIsMarkedAsPartial(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 100);
        BackupRequest part =
                BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("*s"), List.of("c*")));

        Manifest manifest = kennel(mongo).backups().backup(part).manifest();

        assertThat(manifest.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(manifest.isPartial()).isTrue();
        assertThat(manifest.history()).isNull();
    }

    @Test
    void aFilterMayNameAMissingHistory(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), "dogs", 3);
        CollectionSelection selection =
                new CollectionSelection(List.of("dogs", KennelDatabase.HISTORY, "monarch.lock"), List.of());

        Manifest backup = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").selecting(selection))
                .manifest();

        assertThat(backup.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(kennel(mongo)
                        .restores()
                        .plan(
                                Kennel.request(backup, "kennel")
                                        .selecting(selection)
                                        .partialInto("kennel"),
                                Approval.naming("kennel"))
                        .refusals())
                .isEmpty();
    }

    @Test
    void aPatternWithoutAMatchIsRefusedWithTheExistingNames(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        BackupRequest part = BackupRequest.of("kennel").selecting(new CollectionSelection(List.of("dogz"), List.of()));

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo).backups().backup(part))
                .withMessageContaining("No collection matches 'dogz'. Did you mean dogs")
                .withMessageContaining("There are: cats, dogs, monarch.history, nobody.");
        assertThat(files()).isEmpty();
    }

    @Test
    void anInvalidNameIsRefused(TestMongo mongo) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").named("../kennel")))
                .withMessageContaining("'../kennel'");
    }

    @Test
    void anInterruptedSwapIsNotBackedUp(TestMongo mongo) {
        Kennel kennel = kennel(mongo);
        JournalEntries.insert(
                mongo.database(),
                new Document("_id", "1a2b3c4d")
                        .append("state", "SWAPPING")
                        .append("purpose", "restore into")
                        .append("host", "web-1:4711")
                        .append("since", new Date())
                        .append("done", 1)
                        .append(
                                "steps",
                                List.of(
                                        new Document("kind", "DROP").append("target", "a"),
                                        new Document("kind", "CREATE_VIEW").append("target", "b"))));

        assertThatExceptionOfType(SwapInterruptedException.class)
                .isThrownBy(() -> kennel.backups().backup(BackupRequest.of("kennel")))
                .withMessageContaining("1 of 2 steps are done");
        assertThat(kennel.backups().list()).isEmpty();
    }

    @Test
    void theMessageNamesAnUnknownStore(TestMongo mongo) {
        assertThatExceptionOfType(UnknownBackupStoreException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").into("locale")))
                .withMessage("There is no backup store 'locale'. The stores are: local.")
                .satisfies(unknown -> {
                    assertThat(unknown.name()).isEqualTo("locale");
                    assertThat(unknown.known()).containsExactly("local");
                });
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void anIntactBackupPassesVerification(Compression compression, TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3_000);
        Manifest manifest = backUp(mongo, compression);

        VerificationReport report = kennel(mongo).backups().verify(manifest.name());

        assertThat(report.findings()).isEmpty();
        assertThat(report.ok()).isTrue();
        assertThat(report.documents()).isEqualTo(3_014);
        assertThat(report.bytes()).isEqualTo(manifest.bytes());
        assertThat(report.collections()).isEqualTo(4);
    }

    /** Of a small backup: some four thousand bits, each of which takes a verification. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyFlippedBitIsFound(Compression compression, TestMongo mongo) throws IOException {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        Manifest manifest = backUp(mongo, compression);
        Path data = folder().resolve(manifest.name() + compression.extension());
        byte[] bytes = Files.readAllBytes(data);
        Logger log = (Logger) LoggerFactory.getLogger(BackupService.class);
        log.setLevel(Level.OFF); // It would log each of them.
        try {
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                flip(bytes, bit);
                Files.write(data, bytes);
                assertThat(kennel(mongo).backups().verify(manifest.name()).findings())
                        .as("bit %d of %d", bit, 8 * bytes.length)
                        .anySatisfy(finding -> assertThat(finding.problem()).contains("SHA-256"));
                flip(bytes, bit);
            }
        } finally {
            log.setLevel(null);
        }
    }

    private static void flip(byte[] bytes, int bit) {
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }

    @Test
    void theReportNamesDamagedCollections(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        Manifest manifest = backUp(mongo, Compression.NONE);
        Path data = folder().resolve(manifest.name() + ".archive");
        byte[] bytes = Files.readAllBytes(data);
        for (String collection : List.of("cats", "dogs")) {
            BackedUpCollection damaged = manifest.collection(collection).orElseThrow();
            bytes[(int) damaged.totals().frames().get(0).offset() + 200] ^= 1;
        }
        Files.write(data, bytes);

        VerificationReport report = kennel(mongo).backups().verify(manifest.name());

        assertThat(report.findings())
                .contains(
                        new VerificationReport.Finding(
                                "cats", "documents 1 to 10 are damaged or missing; each of them can be read"),
                        new VerificationReport.Finding(
                                "dogs", "documents 1 to 300 are damaged or missing; each of them can be read"));
    }

    @Test
    void aTruncatedBackupIsDetected(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        Manifest manifest = backUp(mongo, Compression.best());
        Path data = folder().resolve(manifest.name() + Compression.best().extension());
        byte[] right = Files.readAllBytes(data);
        for (int length : new int[] {0, 1, right.length / 3, right.length - 1}) {
            Files.write(data, Arrays.copyOf(right, length));

            VerificationReport report = kennel(mongo).backups().verify(manifest.name());

            assertThat(report.findings())
                    .contains(new VerificationReport.Finding(
                            null, "the data has " + length + " bytes, but the manifest has " + right.length));
        }
        Files.write(data, Arrays.copyOf(right, right.length + 1));
        assertThat(kennel(mongo).backups().verify(manifest.name()).ok()).isFalse();
    }

    @Test
    void aChangedManifestIsDetected(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 10);
        String name = kennel(mongo).backUp("kennel").name();
        Path file = folder().resolve(name + ".manifest.json");
        Files.writeString(file, Files.readString(file).replace("\"documents\": 10,", "\"documents\": 11,"));

        assertThat(kennel(mongo).backups().verify(name).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains(name + ".manifest.json' is damaged"));
    }

    @Test
    void theReportNamesTheUnreadableDocument(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        Manifest manifest = backUp(mongo, Compression.NONE);
        Path data = folder().resolve(manifest.name() + ".archive");
        byte[] bytes = Files.readAllBytes(data);
        int dog57 = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("dogs57\0");
        int typeOfName = dog57 - Integer.BYTES - "name\0".length() - 1;
        assertThat(bytes[typeOfName]).isEqualTo((byte) 2);
        bytes[typeOfName] = 0x55;
        Files.write(data, bytes);

        VerificationReport report = kennel(mongo).backups().verify(manifest.name());

        assertThat(report.findings())
                .contains(new VerificationReport.Finding(
                        "dogs",
                        "documents 1 to 300 are damaged or missing, the first that cannot be read is document 58,"
                                + " which follows the one with {\"_id\": 56}"));
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theReportNamesTheDocumentInWhichABackupEnds(Compression compression, TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 5_000);
        Manifest manifest = backUp(mongo, compression);
        Path data = folder().resolve(manifest.name() + compression.extension());
        ArchiveFrame dogs =
                manifest.collection("dogs").orElseThrow().totals().frames().get(0);
        Files.write(data, Arrays.copyOf(Files.readAllBytes(data), (int) (dogs.offset() + dogs.length() * 2 / 3)));

        VerificationReport report = kennel(mongo).backups().verify(manifest.name());

        assertThat(report.findings())
                .anySatisfy(
                        finding -> assertThat(finding.problem())
                                .matches(
                                        ".*, in document \\d+, which follows the one with \\{\"_id\": \\d+}, at byte \\d+ of .*"))
                .anySatisfy(finding -> {
                    Matcher place = Pattern.compile(
                                    "documents 1 to 5000 are damaged or missing, the first that cannot be"
                                            + " read is document (\\d+), which follows the one with \\{\"_id\": (\\d+)}")
                            .matcher(finding.problem());
                    assertThat(place.matches()).isTrue();
                    assertThat(Integer.parseInt(place.group(1)))
                            .isBetween(2, 5_000)
                            .isEqualTo(Integer.parseInt(place.group(2)) + 2);
                });
    }

    @Test
    void theChecksumsOfTheManifestAreThoseOfTheArchive(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        Manifest manifest = backUp(mongo, Compression.best());
        Path file = folder().resolve(manifest.name() + ".manifest.json");
        String checksum = Long.toHexString(
                manifest.collection("dogs").orElseThrow().totals().crc64());
        String text = Files.readString(file);
        assertThat(text).containsOnlyOnce(checksum);
        String doctored = text.replace(checksum, "0123456789abcdef");
        int seal = doctored.lastIndexOf(", \"checksum\"");
        Files.write(file, ChecksummedJson.seal((doctored.substring(0, seal) + "}").getBytes(StandardCharsets.UTF_8)));
        String finding =
                "the checksum of its documents is " + checksum + " in the archive, but 123456789abcdef in the manifest";

        assertThat(kennel(mongo).backups().verify(manifest.name()).findings())
                .containsExactly(new VerificationReport.Finding("dogs", finding));
        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(() ->
                        kennel(mongo).restores().restore(Kennel.request(manifest, "kennel"), Approval.naming("kennel")))
                .withMessageContaining(finding)
                .withMessageContaining("nothing has been replaced");
    }

    @Test
    void aForeignArchiveIsVerifiedByItsPath(TestMongo mongo) throws IOException {
        Path file = foreignArchive(parent);

        assertThat(verify(mongo, file).findings()).isEmpty();
        assertThat(verify(mongo, file).documents()).isPositive();

        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(verify(mongo, file).ok()).isFalse();
    }

    @Test
    void anArchiveOfMonarchIsComparedWithTheManifestNextToIt(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 300);
        String name = kennel(mongo).backUp("kennel").name();
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        String extension = Compression.best().extension();
        Files.move(folder().resolve(name + extension), elsewhere.resolve("x" + extension));
        Files.move(folder().resolve(name + ".manifest.json"), elsewhere.resolve("x.manifest.json"));
        Path file = elsewhere.resolve("x" + extension);

        assertThat(verify(mongo, file).ok()).isTrue();
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(verify(mongo, file).findings())
                .anySatisfy(finding -> assertThat(finding.problem()).contains("SHA-256"));
    }

    @Test
    void aMissingFileIsUnknown(TestMongo mongo) {
        assertThatExceptionOfType(UnknownBackupException.class)
                .isThrownBy(() -> verify(mongo, parent.resolve("nothing.archive")));
    }

    static Path foreignArchive(Path folder) throws IOException {
        Path file = folder.resolve("dump.gz");
        try (InputStream archive = Objects.requireNonNull(
                BackupServiceTests.class.getResourceAsStream("/archive/mongodb-5.0/kennel_fixture.archive.gz"))) {
            Files.copy(archive, file);
        }
        return file;
    }

    private VerificationReport verify(TestMongo mongo, Path file) {
        return kennel(mongo).backups().verify(BackupSource.file(file), TransferListener.NONE);
    }

    private Manifest backUp(TestMongo mongo, Compression compression) {
        return kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").compressed(compression))
                .manifest();
    }

    private List<String> files() throws IOException {
        return Files.exists(folder()) ? files(folder()) : List.of();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(".monarch.turn"))
                    .toList();
        }
    }

    @Test
    void aBackupWithAQuerySetIsMaskedAndItsManifestSaysSo(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        QuerySetRequest some =
                QuerySetRequest.of("MaskedDogs").with("howMany", "20").with("password", "s3cret");

        Manifest manifest = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel").choosing(some).compressed(Compression.NONE))
                .manifest();

        assertThat(manifest.isPartial()).isTrue();
        assertThat(manifest.documents()).isEqualTo(20);
        assertThat(manifest.collections()).extracting(BackedUpCollection::name).containsExactly("dogs");
        assertThat(manifest.scope().part())
                .isEqualTo(new Manifest.Part(
                        "MaskedDogs", Map.of("howMany", "20"), List.of(new MaskedField("dogs", "name", "name"))));
        assertThat(kennel(mongo).backups().find(manifest.name()).scope().part())
                .isEqualTo(manifest.scope().part());
        for (String file : files()) {
            assertThat(Files.readString(folder().resolve(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("dogs7", "s3cret", "woof");
        }
        assertThat(kennel(mongo).backups().verify(manifest.name()).ok()).isTrue();
    }

    @Test
    void anUnknownQuerySetLeavesNothing(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 10);

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> kennel(mongo)
                        .backups()
                        .backup(BackupRequest.of("kennel").choosing(QuerySetRequest.of("MaskdDogs"))))
                .withMessageContaining("Did you mean MaskedDogs?");
        assertThat(files()).isEmpty();
    }

    @Test
    void theManifestOfAFileIsFoundWhateverTheName(TestMongo mongo) throws IOException {
        KennelDatabase.fill(mongo.database(), 100);
        Manifest manifest = kennel(mongo)
                .backups()
                .backup(BackupRequest.of("kennel")
                        .named("kennel.archive.of.2026")
                        .compressed(Compression.NONE))
                .manifest();
        Path file = folder().resolve(manifest.name() + ".archive");
        assertThat(verify(mongo, file).ok()).isTrue();

        Files.writeString(folder().resolve(manifest.name() + ".manifest.json"), "{");
        assertThat(verify(mongo, file).findings())
                .anySatisfy(finding -> assertThat(finding.problem())
                        .contains("the manifest '" + manifest.name() + ".manifest.json' is damaged"));

        // The manifest belongs to another backup.
        Manifest neighbour = kennel(mongo).backUp("kennel");
        Path copy = folder().resolve(neighbour.name() + ".archive.copy.archive");
        Files.copy(file, copy);
        assertThat(verify(mongo, copy).ok()).isTrue();
    }

    @Test
    void aManifestContainsTheVersionOfMonarch(TestMongo mongo) {
        KennelDatabase.fill(mongo.database(), 3);

        assertThat(kennel(mongo).backUp("kennel").origin().monarchVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
