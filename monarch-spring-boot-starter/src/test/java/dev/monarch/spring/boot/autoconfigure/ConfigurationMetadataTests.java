package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What an editor shows of the properties. */
class ConfigurationMetadataTests {

    private final List<Map<String, Object>> properties = ours();

    @Test
    void theseAreTheProperties() {
        assertThat(names())
                .containsExactly(
                        "monarch.actuator.operations",
                        "monarch.backups.local.directory",
                        "monarch.backups.retention",
                        "monarch.backups.s3.bucket",
                        "monarch.backups.s3.encryption",
                        "monarch.backups.s3.kms-key",
                        "monarch.backups.s3.part-size",
                        "monarch.backups.s3.prefix",
                        "monarch.backups.s3.storage-class",
                        "monarch.backups.s3.tags",
                        "monarch.backups.schedules",
                        "monarch.backups.store",
                        "monarch.drop-enabled",
                        "monarch.enabled",
                        "monarch.environment",
                        "monarch.environments",
                        "monarch.health.backup-max-age",
                        "monarch.lock.heartbeat",
                        "monarch.lock.lease",
                        "monarch.lock.wait",
                        "monarch.masking.key",
                        "monarch.migrations.backup-first",
                        "monarch.migrations.connect-retries",
                        "monarch.migrations.connect-retries-interval",
                        "monarch.migrations.connect-timeout",
                        "monarch.migrations.environments",
                        "monarch.migrations.history-collection",
                        "monarch.migrations.max-attempts",
                        "monarch.migrations.out-of-order",
                        "monarch.migrations.run-at",
                        "monarch.migrations.scope",
                        "monarch.migrations.unknown",
                        "monarch.migrations.when-locked",
                        "monarch.profiles",
                        "monarch.rehearsal.server");
    }

    @Test
    void propertiesAreSortedAndUnique() {
        assertThat(names()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void eachIsDescribedInSentencesWithoutItsDefault() {
        assertThat(properties)
                .allSatisfy(property -> assertThat(property.get("description"))
                        .asString()
                        .matches("[A-Z].+\\.")
                        .doesNotContainIgnoringCase("defaults to"));
    }

    @Test
    void eachHasATypeAndASource() {
        assertThat(properties).allSatisfy(property -> assertThat(property).containsKeys("type", "sourceType"));
    }

    @Test
    void theSettingsPageListsThemAll() throws IOException {
        assertThat(rowsAfter("## Properties"))
                .containsExactlyInAnyOrderElementsOf(
                        properties.stream().map(ConfigurationMetadataTests::row).toList());
    }

    @Test
    void theSettingsPageListsEveryRunAt() throws IOException {
        assertThat(rowsAfter("`monarch.migrations.run-at` is one of"))
                .map(row -> row.replaceAll("\\| `([a-z]+)` .*", "$1"))
                .containsExactlyElementsOf(Arrays.stream(RunAt.values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** The rows of the table that comes after a line of docs/settings.md. */
    private static List<String> rowsAfter(String line) throws IOException {
        return Files.readAllLines(Path.of("../docs/settings.md")).stream()
                .dropWhile(text -> !text.equals(line))
                .dropWhile(text -> !text.startsWith("|"))
                .takeWhile(text -> text.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static String row(Map<String, Object> property) {
        Object value = property.get("defaultValue");
        return "| `" + property.get("name") + "` | " + (value == null ? "" : "`" + value + "` ") + "| "
                + property.get("description") + " |";
    }

    private List<String> names() {
        return properties.stream()
                .map(property -> String.valueOf(property.get("name")))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> ours() {
        try {
            return Collections.list(ConfigurationMetadataTests.class
                            .getClassLoader()
                            .getResources("META-INF/spring-configuration-metadata.json"))
                    .stream()
                    .map(ConfigurationMetadataTests::read)
                    .flatMap(metadata ->
                            ((List<Map<String, Object>>) Objects.requireNonNull(metadata.get("properties"))).stream())
                    .filter(property -> String.valueOf(property.get("name")).startsWith("monarch."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> read(URL url) {
        try (InputStream metadata = url.openStream()) {
            return JsonParserFactory.getJsonParser()
                    .parseMap(new String(metadata.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
