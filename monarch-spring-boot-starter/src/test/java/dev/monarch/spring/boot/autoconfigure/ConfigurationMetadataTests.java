package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.util.ClassUtils;

import dev.monarch.backup.retention.Retention.CalendarSpan;

import static org.assertj.core.api.Assertions.assertThat;

/** The metadata of the properties, which editors show. */
class ConfigurationMetadataTests {

    private static final String TYPES = "META-INF/spring/configuration-metadata/";

    private static final Pattern ELEMENT = Pattern.compile("(dev\\.monarch\\.spring\\.[\\w.]+)>");

    /** What looks like a property in the text of a page. */
    private static final Pattern NAMED =
            Pattern.compile("`(monarch(?:\\.[a-zA-Z][\\w-]*(?:\\[\\d+])?)+)(?:=[^`]*|: [^`]*)?`");

    /** Monarch's collections, whose names begin like those of its properties. */
    private static final Set<String> COLLECTIONS = Set.of(
            "monarch.history",
            "monarch.journal",
            "monarch.originals",
            "monarch.pace",
            "monarch.schedules",
            "monarch.setaside",
            "monarch.stage",
            "monarch.stage.RUN.NUMBER");

    private final List<Map<String, Object>> properties = ours();

    @Test
    void theseAreTheProperties() {
        assertThat(names())
                .containsExactly(
                        "monarch.actuator.operations",
                        "monarch.backfills.back-off",
                        "monarch.backfills.duty-cycle",
                        "monarch.backfills.enabled",
                        "monarch.backfills.max-rate",
                        "monarch.backfills.set-aside-limit",
                        "monarch.backups.dumps.max-files",
                        "monarch.backups.dumps.max-ratio",
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
                        "monarch.migrations.other-history",
                        "monarch.migrations.out-of-order",
                        "monarch.migrations.run-at",
                        "monarch.migrations.scope",
                        "monarch.migrations.unknown",
                        "monarch.migrations.warn-after",
                        "monarch.migrations.warn-every",
                        "monarch.migrations.when-locked",
                        "monarch.profiles",
                        "monarch.reactive-only",
                        "monarch.rehearsal.server",
                        "monarch.transfer.max-rate",
                        "monarch.transfer.pace",
                        "monarch.transfer.read-from",
                        "monarch.transfer.workers",
                        "monarch.versions.field",
                        "monarch.versions.heartbeat",
                        "monarch.versions.old-instance-timeout");
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

    /** Every row exists, and every property has one. */
    @Test
    void theSettingsPageListsThemAll() throws IOException {
        assertThat(rowsAfter("## Properties"))
                .containsExactlyInAnyOrderElementsOf(
                        properties.stream().map(ConfigurationMetadataTests::row).toList());
    }

    @Test
    void theSettingsPageListsThoseBelowMapsAndLists() throws IOException {
        List<Map<String, Object>> below = below();
        assertThat(below)
                .extracting(property -> property.get("name"))
                .contains(
                        "monarch.environments.NAME.uri",
                        "monarch.environments.NAME.ssl.bundle",
                        "monarch.backups.retention.NAME.daily",
                        "monarch.backups.schedules[0].cron");
        assertThat(below)
                .allSatisfy(property ->
                        assertThat(property.get("description")).asString().matches("[A-Z].+\\."));
        assertThat(rowsAfter("## Below a name or an index"))
                .containsExactlyInAnyOrderElementsOf(
                        below.stream().map(ConfigurationMetadataTests::row).toList());
    }

    /** The page on monitoring names meters and keys. The properties in its YAML are held by the test of all blocks. */
    @Test
    void everyPropertyOnAPageExists() throws IOException {
        Set<String> known = new HashSet<>(names());
        below().forEach(property -> known.add(String.valueOf(property.get("name"))));
        Set<String> unknown = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
            for (Path page : Stream.concat(pages, Stream.of(Path.of("../README.md"), Path.of("../CONTRIBUTING.md")))
                    .filter(file -> file.toString().endsWith(".md") && !file.endsWith("monitoring.md"))
                    .toList()) {
                NAMED.matcher(Files.readString(page))
                        .results()
                        .map(result -> result.group(1))
                        .filter(name -> !isKnown(name, known))
                        .forEach(name -> unknown.add(page.getFileName() + ": " + name));
            }
        }
        assertThat(unknown).isEmpty();
    }

    /** A page may name a property or a group of them. */
    private static boolean isKnown(String name, Set<String> known) {
        return COLLECTIONS.contains(name)
                || known.contains(name)
                || known.stream().anyMatch(each -> each.startsWith(name + "."));
    }

    @Test
    void everyEnumHasAHintWithEachOfItsValues() {
        assertThat(properties).allSatisfy(property -> {
            Class<?> type = enumOf(String.valueOf(property.get("type")));
            if (type != null) {
                assertThat(hint(property.get("name")).values())
                        .as(String.valueOf(property.get("name")))
                        .containsExactlyElementsOf(Arrays.stream(type.getEnumConstants())
                                .map(value -> ((Enum<?>) value)
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                                .toList());
                assertThat(hint(property.get("name")).descriptions()).doesNotContain("");
            }
        });
        assertThat(properties)
                .anySatisfy(property ->
                        assertThat(enumOf(String.valueOf(property.get("type")))).isEqualTo(RunAt.class));
    }

    @Test
    void everyDurationHasAHintWithExamples() {
        List<Object> durations = properties.stream()
                .filter(property -> Duration.class.getName().equals(property.get("type")))
                .map(property -> Objects.requireNonNull(property.get("name")))
                .toList();
        assertThat(durations).contains("monarch.lock.wait").allSatisfy(name -> {
            assertThat(hint(name).values())
                    .isNotEmpty()
                    .allSatisfy(value ->
                            assertThat(DurationStyle.detectAndParse(value)).isNotNull());
            assertThat(hint(name).providers()).contains("any");
        });
    }

    @Test
    void storesEnvironmentsAndProfilesHaveHints() {
        assertThat(hint("monarch.backups.store").values()).containsExactly("local", "s3");
        assertThat(hint("monarch.backups.retention.keys").values()).contains("default");
        assertThat(hint("monarch.profiles").providers()).containsExactly("spring-profile-name");
        for (String open : List.of("monarch.backups.store", "monarch.environment", "monarch.environments.keys")) {
            assertThat(hint(open).providers()).as(open).contains("any");
        }
    }

    @Test
    void everyHintIsForAProperty() {
        assertThat(hints().keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names()).contains(name.replaceAll("\\.(keys|values)$", "")));
    }

    /** The format has no place for hints below maps and lists, so they are those of the type of an element. */
    @Test
    void propertiesBelowMapsAndListsHaveHints() {
        Map<String, Hint> schedule = hintsOf(ScheduleProperties.class);
        assertThat(schedule.get("pace")).isEqualTo(hint("monarch.transfer.pace"));
        assertThat(schedule.get("read-from")).isEqualTo(hint("monarch.transfer.read-from"));
        assertThat(schedule.get("store")).isEqualTo(hint("monarch.backups.store"));
        assertThat(schedule.get("environment")).isEqualTo(hint("monarch.environment"));
        assertThat(Objects.requireNonNull(schedule.get("cron")).values())
                .isNotEmpty()
                .allMatch(CronExpression::isValidExpression);

        Map<String, Hint> environment = hintsOf(EnvironmentProperties.class);
        assertThat(Objects.requireNonNull(environment.get("profile")).providers())
                .containsExactly("spring-profile-name");

        Map<String, Hint> retention = hintsOf(RetentionProperties.class);
        retention.forEach((name, hint) -> {
            if (name.startsWith("within")) {
                assertThat(hint.values()).isNotEmpty().allSatisfy(CalendarSpan::of);
            }
        });
    }

    private Map<String, Hint> hintsOf(Class<?> element) {
        Map<String, Object> metadata = metadataOf(element.getName());
        Map<String, Hint> hints = new TreeMap<>();
        list(metadata, "hints").forEach(hint -> hints.put(String.valueOf(hint.get("name")), Hint.of(hint)));
        assertThat(list(metadata, "properties"))
                .extracting(property -> String.valueOf(property.get("name")))
                .containsAll(hints.keySet());
        return hints;
    }

    @Test
    void aDeprecatedPropertySaysWhatToUseInstead() {
        assertThat(properties)
                .allSatisfy(property -> assertThat(lacking(property)).isEmpty());
        // None is deprecated yet, so this shows what the line above would find.
        assertThat(lacking(Map.of("deprecation", Map.of("replacement", "monarch.gone"))))
                .containsExactly("reason", "since", "replacement");
        assertThat(lacking(Map.of(
                        "deprecation",
                        Map.of("reason", "Renamed.", "since", "0.2.0", "replacement", "monarch.enabled"))))
                .isEmpty();
    }

    /** What the deprecation of a property does not say, or says wrong. */
    private List<String> lacking(Map<String, Object> property) {
        if (!(property.get("deprecation") instanceof Map<?, ?> deprecation)) {
            return property.containsKey("deprecated") ? List.of("deprecation") : List.of();
        }
        List<String> lacking = new ArrayList<>(Stream.of("reason", "since")
                .filter(part -> deprecation.get(part) == null)
                .toList());
        Object replacement = deprecation.get("replacement");
        if (replacement != null && !names().contains(replacement)) {
            lacking.add("replacement");
        }
        return lacking;
    }

    @Test
    void theSettingsPageListsEveryRunAt() throws IOException {
        assertThat(rowsAfter("`monarch.migrations.run-at` is one of"))
                .map(row -> row.replaceAll("\\| `([a-z]+)` .*", "$1"))
                .containsExactlyElementsOf(Arrays.stream(RunAt.values())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** The rows of the table after a line of docs/settings.md. */
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

    /** The properties below those that are maps or lists of properties. */
    private List<Map<String, Object>> below() {
        List<Map<String, Object>> below = new ArrayList<>();
        for (Map<String, Object> property : properties) {
            String type = String.valueOf(property.get("type"));
            Matcher element = ELEMENT.matcher(type);
            if (element.find() && enumOf(type) == null) {
                String prefix = property.get("name") + (type.startsWith("java.util.Map") ? ".NAME." : "[0].");
                list(metadataOf(element.group(1)), "properties").forEach(each -> {
                    Map<String, Object> named = new HashMap<>(each);
                    named.put("name", prefix + each.get("name"));
                    below.add(named);
                });
            }
        }
        return below;
    }

    private static Map<String, Object> metadataOf(String type) {
        return read(Objects.requireNonNull(
                ConfigurationMetadataTests.class.getClassLoader().getResource(TYPES + type + ".json"),
                () -> type + " needs @ConfigurationPropertiesSource"));
    }

    /** The enum that a property has, or of which it has a collection. */
    private static @Nullable Class<?> enumOf(String type) {
        String name = type.replaceAll(".*<(.*)>", "$1");
        if (!name.startsWith("dev.monarch.")) {
            return null;
        }
        Class<?> found = ClassUtils.resolveClassName(name, ConfigurationMetadataTests.class.getClassLoader());
        return found.isEnum() ? found : null;
    }

    /**
     * What an editor suggests.
     *
     * @param values the suggested values
     * @param descriptions what it says about each, or empty
     * @param providers where it finds others
     */
    private record Hint(List<String> values, List<String> descriptions, List<String> providers) {

        static Hint of(Map<String, Object> hint) {
            return new Hint(
                    texts(list(hint, "values"), "value"),
                    texts(list(hint, "values"), "description"),
                    texts(list(hint, "providers"), "name"));
        }

        private static List<String> texts(List<Map<String, Object>> parts, String key) {
            return parts.stream()
                    .map(part -> Objects.toString(part.get(key), ""))
                    .toList();
        }
    }

    private static Hint hint(@Nullable Object name) {
        return Objects.requireNonNull(hints().get(name), () -> name + " has no hint");
    }

    private static Map<String, Hint> hints() {
        Map<String, Hint> hints = new TreeMap<>();
        documents()
                .forEach(metadata -> list(metadata, "hints").stream()
                        .filter(hint -> String.valueOf(hint.get("name")).startsWith("monarch."))
                        .forEach(hint -> hints.put(String.valueOf(hint.get("name")), Hint.of(hint))));
        return hints;
    }

    private List<String> names() {
        return properties.stream()
                .map(property -> String.valueOf(property.get("name")))
                .toList();
    }

    private static List<Map<String, Object>> ours() {
        return documents().stream()
                .flatMap(metadata -> list(metadata, "properties").stream())
                .filter(property -> String.valueOf(property.get("name")).startsWith("monarch."))
                .toList();
    }

    private static List<Map<String, Object>> documents() {
        try {
            return Collections.list(ConfigurationMetadataTests.class
                            .getClassLoader()
                            .getResources("META-INF/spring-configuration-metadata.json"))
                    .stream()
                    .map(ConfigurationMetadataTests::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> document, String key) {
        return (List<Map<String, Object>>) document.getOrDefault(key, List.of());
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
