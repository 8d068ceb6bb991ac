package dev.monarch.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;
import dev.monarch.archive.Compression;
import dev.monarch.backup.Manifest.BackedUpCollection;
import dev.monarch.environment.Approval;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.TransferProgress.TransferListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Verifications of backups and of other archives: what is damaged is found and named. */
@MongoTest
class VerificationTests {

    @TempDir
    private Path parent;

    private Kennel kennel(TestMongo mongo) {
        return Kennel.of(folder(), KennelDatabase.environment("kennel", mongo.client(), mongo.databaseName()));
    }

    private Path folder() {
        return parent.resolve("backups");
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

    /** Uses a small backup of about four thousand bits, because each bit needs a verification. */
    @ParameterizedTest
    @EnumSource(Compression.class)
    void everyFlippedBitIsFound(Compression compression, TestMongo mongo) throws IOException {
        mongo.database().getCollection("dogs").insertOne(new Document("_id", 1));
        Manifest manifest = backUp(mongo, compression);
        Path data = folder().resolve(manifest.name() + compression.extension());
        byte[] bytes = Files.readAllBytes(data);
        Logger log = (Logger) LoggerFactory.getLogger(VerificationRun.class);
        log.setLevel(Level.OFF); // It would log each of them.
        BackupService backups = kennel(mongo).backups();
        try {
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                flip(bytes, bit);
                Files.write(data, bytes);
                assertThat(backups.verify(manifest.name()).findings())
                        .as("bit %d of %d", bit, 8 * bytes.length)
                        // Not anySatisfy: it would fill in the stack trace of an error for each other finding.
                        .anyMatch(finding -> finding.problem().contains("SHA-256"));
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
                                "cats", "documents 1 to 10 are damaged or missing; all of them can be read"),
                        new VerificationReport.Finding(
                                "dogs", "documents 1 to 300 are damaged or missing; all of them can be read"));
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

    static Path foreignArchive(Path folder) throws IOException {
        Path file = folder.resolve("dump.gz");
        try (InputStream archive = Objects.requireNonNull(
                VerificationTests.class.getResourceAsStream("/archive/mongodb-5.0/kennel_fixture.archive.gz"))) {
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
}
