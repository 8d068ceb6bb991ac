package dev.monarch.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.guide.FormatPage;
import dev.monarch.guide.FormatPage.Field;
import dev.monarch.queryset.QuerySets;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares docs/format.md with the manifests that are written and read. Its two samples form a backup. */
class ManifestFormatTests {

    private static final String NAME = "nightly__2026_11_20T103005Z";

    private static final Map<String, Field> FIELDS =
            FormatPage.section("Fields of the manifest").fields("field");

    private final byte[] sample =
            FormatPage.section("Sample manifest").blocks("json").get(0).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void thePageHasExactlyTheFieldsThatAreWritten() {
        assertHasTheFields(ManifestJson.write(Manifests.of(NAME)));
    }

    @Test
    void theSampleHasEveryFieldOfTheTable() {
        assertHasTheFields(sample);
    }

    private static void assertHasTheFields(byte[] manifest) {
        FormatPage.assertSame(FIELDS, FormatPage.paths(FIELDS, List.of(parsed(manifest))), field -> false);
    }

    @Test
    void theSampleIsTheSameAfterReadingAndWriting() {
        BsonDocument written = parsed(ManifestJson.write(read()));
        BsonDocument expected = parsed(sample);
        written.remove("checksum");
        expected.remove("checksum");

        assertThat(written).isEqualTo(expected);
    }

    @Test
    void theSamplesFormAValidBackup() throws IOException {
        Files.write(folder.resolve(NAME + ".archive"), archive());
        Files.write(folder.resolve(NAME + ".manifest.json"), sample);

        VerificationReport report = backups().verify(NAME);

        assertThat(report.findings()).isEmpty();
        assertThat(report.collections()).isEqualTo(2);
        assertThat(report.documents()).isEqualTo(3);
    }

    private BackupService backups() {
        MonarchEnvironment[] none = {};
        return new BackupService(
                new EnvironmentRegistry(
                        () -> {
                            throw new AssertionError("no database is needed");
                        },
                        List.of(none)),
                new BackupStores(List.of(new LocalBackupStore(folder)), null),
                new QuerySets(List.of(), null, null),
                "monarch.history",
                Clock.systemUTC());
    }

    private Manifest read() {
        return ManifestJson.read(sample, "the page", "its sample");
    }

    /** The bytes of the hex dump: sixteen per line, after the offset. */
    private static byte[] archive() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FormatPage.section("Sample archive")
                .blocks("hexdump")
                .get(0)
                .lines()
                .forEach(line -> bytes.writeBytes(HexFormat.of()
                        .parseHex(
                                line.substring(10, Math.min(line.length(), 57)).replace(" ", ""))));
        return bytes.toByteArray();
    }

    private static BsonDocument parsed(byte[] json) {
        return BsonDocument.parse(new String(json, StandardCharsets.UTF_8));
    }
}
