package dev.monarch.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.BackupStoreException;
import dev.monarch.archive.ArchiveOutput.ArchiveFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ManifestJsonTests {

    private final Manifest manifest = Manifests.of("production__2026_11_20T103005Z");

    @Test
    void aManifestIsTheSameAfterWritingAndReading() {
        assertThat(read(ManifestJson.write(manifest))).isEqualTo(manifest);
    }

    @Test
    void theFormatIsThatOfExistingManifests() throws IOException {
        byte[] existing = file("manifest-version-1.json");

        Manifest read = read(existing);

        assertThat(read.collections()).isEqualTo(manifest.collections());
        assertThat(ManifestJson.write(read)).isEqualTo(existing);
    }

    /** Early versions wrote the fields "requested" and "achieved" as "asked" and "had". */
    @Test
    void aManifestWithFormerFieldNamesIsRead() throws IOException {
        byte[] former = file("manifest-former-names.json");
        assertThat(new String(former, StandardCharsets.UTF_8))
                .contains("\"asked\": \"best\", \"had\": \"per-collection\"");

        Manifest read = read(former);

        assertThat(read).isEqualTo(manifest);
        assertThat(ManifestJson.write(read)).isEqualTo(file("manifest-version-1.json"));
    }

    private static byte[] file(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/dev/monarch/backup", name));
    }

    /** Ensures that round trips and the sample in the documentation cover all fields. */
    @Test
    void theSampleHasEveryField() {
        assertThat(manifest).hasNoNullFieldsOrProperties();
        assertThat(manifest.origin()).hasNoNullFieldsOrProperties();
        assertThat(manifest.source()).hasNoNullFieldsOrProperties();
        assertThat(manifest.source().server()).hasNoNullFieldsOrProperties();
        assertThat(manifest.reading()).hasNoNullFieldsOrProperties();
        assertThat(manifest.scope()).hasNoNullFieldsOrProperties();
    }

    @Test
    void theJsonContainsTheMainFacts() {
        String text = text(manifest);

        assertThat(text)
                .startsWith("{\"format\": \"monarch-backup\", \"version\": 1,")
                .contains("\"start\": \"2026-11-20T10:30:05Z\"")
                .contains("\"crc64\": \"995dc9bbdf1939fa\"")
                .contains("\"frames\": [[0, 5, 7, 1000, 123456789], [0, 12, 7, 1000, 123456790]")
                .contains("\"shardKey\": {\"key\": {\"owner.name\": \"hashed\", \"born\": {\"$numberDouble\": \"1.0\"},"
                        + " \"age\": {\"$numberLong\": \"1\"}}, \"unique\": true}")
                .contains("\"max\": {\"$numberLong\": \"9007199254740993\"}");
        BsonDocument parsed = BsonDocument.parse(text);
        assertThat(parsed.getBoolean("complete").getValue()).isTrue();
        assertThat(parsed.getNumber("documents").longValue()).isEqualTo(3000);
    }

    @Test
    void aFieldOfALaterMonarchIsIgnored() {
        String later = text(manifest)
                .replace("\"compression\":", "\"mood\": {\"good\": [1, {}]}, \"compression\":")
                .replaceFirst("\"crc64\":", "\"crc128\": \"0\", \"crc64\":");

        assertThat(read(sealedAgain(later))).isEqualTo(manifest);
    }

    /** A manifest of an earlier version has none. */
    @Test
    void aManifestWithoutShardKeysIsRead() {
        String earlier = text(manifest).replaceFirst("\"shardKey\": \\{\"key\": \\{.*?\\}, \"unique\": true\\}, ", "");

        assertThat(manifest.shardKeys()).containsOnlyKeys("dogs");
        assertThat(earlier).doesNotContain("shardKey");
        assertThat(read(sealedAgain(earlier)).shardKeys()).isEmpty();
    }

    @Test
    void anUnknownVersionIsRefused() {
        String later = text(manifest).replace("\"version\": 1,", "\"version\": 2,");

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> read(later.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("the manifest 'a.manifest.json' has version 2")
                .withMessageContaining("reads version 1");
    }

    @Test
    void everyChangedByteIsDetected() {
        byte[] json = ManifestJson.write(manifest);
        Random random = new Random(7);
        for (int at = 0; at < json.length; at++) {
            byte[] changed = json.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertDamaged(changed);
        }
    }

    @Test
    void everyTruncationIsDetected() {
        byte[] json = ManifestJson.write(manifest);
        for (int length = 0; length < json.length; length++) {
            assertDamaged(Arrays.copyOf(json, length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "environment",
                "database",
                "start",
                "version",
                "topology",
                "requested",
                "achieved",
                "only",
                "length",
                "sha256",
                "volumes",
                "beginning",
                "crc64",
                "bson",
                "complete",
                "format"
            })
    void aMissingFieldIsReported(String field) {
        String without = text(manifest).replaceFirst("\"" + field + "\": (?!1,)", "\"x" + field + "\": ");

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> read(sealedAgain(without)))
                .withMessageContaining("the manifest 'a.manifest.json' is damaged")
                .satisfies(e -> assertThat(e.getCause()).isNotInstanceOf(NullPointerException.class));
    }

    @Test
    void offsetsDoNotDependOnTheVolumes() {
        List<BackupArchive.Volume> two = List.of(
                new BackupArchive.Volume(".archive.000", 10, "00"),
                new BackupArchive.Volume(".archive.001", Manifests.CONTENT.length - 10, "11"));
        Manifest cut = manifest.withVolumes(two);

        assertThat(text(cut)).contains("\"frames\": [[0, 5, 7, 1000, 123456789], [1, 2, 7, 1000, 123456790]");
        assertThat(read(ManifestJson.write(cut))).isEqualTo(cut);
        assertThat(cut.collections()).isEqualTo(manifest.collections());
    }

    @Test
    void aHundredThousandFramesAreWrittenAndRead() {
        Manifest large = Manifests.of("large", Instant.EPOCH, 100_000);

        byte[] json = ManifestJson.write(large);

        assertThat(json.length).isLessThan(5_000_000);
        assertThat(read(json).collections().get(0).totals().frames())
                .hasSize(100_000)
                .last()
                .isEqualTo(new ArchiveFrame(5 + 7 * 99_999L, 7, 1000, 123456789L + 99_999));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "(\"environment\": )\"[^\"]*\"                              | $1\"\"  | environment must not be blank",
                "(\"database\": )\"[^\"]*\"                                 | $1\" \" | database must not be blank",
                "(\"type\": \"\\w+\",\\s+\"documents\": )\\d+               | $1-1    | documents must be at least 0",
                "(\"type\": \"\\w+\",\\s+\"documents\": \\d+,\\s+\"bytes\": )\\d+ | $1-1 | bytes must be at least 0",
                "(\"entries\": )\\d+                                        | $1-1    | entries must be at least 0"
            })
    void anInvalidValueCountsAsDamageOfTheFile(String field, String wrong, String problem) {
        String text = text(manifest);
        String changed = text.replaceFirst(field, wrong);
        assertThat(changed).isNotEqualTo(text);

        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> read(sealedAgain(changed)))
                .withMessageContaining("the manifest 'a.manifest.json' is damaged (" + problem);
    }

    private static void assertDamaged(byte[] json) {
        assertThatExceptionOfType(BackupStoreException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("'a.manifest.json'");
    }

    private static byte[] sealedAgain(String text) {
        int end = text.lastIndexOf(", \"checksum\"");
        return ChecksummedJson.seal((text.substring(0, end) + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Manifest manifest) {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }

    private static Manifest read(byte[] json) {
        return ManifestJson.read(json, "the folder 'backups'", "a.manifest.json");
    }
}
