package dev.monarch.spring.boot.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.Guard.GuardedOperation.Requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Checks every configuration, message and table of docs/environments.md. */
class EnvironmentsGuideTests {

    private static final Path GUIDE = Path.of("../docs/environments.md");

    private static final Map<String, Requirement> CELLS = Map.of(
            "nothing", Requirement.NOTHING,
            "a yes", Requirement.CONFIRMATION,
            "its name", Requirement.NAME,
            "its name and the switch", Requirement.SWITCH);

    private static final Map<String, Exposure> COLUMNS = Map.of(
            "loopback", Exposure.LOOPBACK,
            "remote, not protected", Exposure.REMOTE,
            "protected", Exposure.PROTECTED);

    /** The environments that the examples of each section configure, the own environment first. */
    private static final Map<String, List<String>> EXAMPLES = Map.of(
            "An environment with its own connection",
                    List.of(
                            "default localhost/kennel",
                            "staging staging.example.com/kennel",
                            "archive archive.example.com:27018/kennel"),
            "The connection of a profile",
                    List.of(
                            "default localhost/kennel",
                            "production db.example.com/kennel",
                            "live-copy db.example.com/kennel"),
            "A list of profiles", List.of("development localhost/kennel", "staging staging.example.com/kennel"));

    @TempDir
    private Path directory;

    static Set<String> sectionsWithExamples() throws IOException {
        Set<String> titles = new TreeSet<>();
        sections().forEach((title, text) -> {
            if (text.contains("```yaml") && !text.contains("```text")) {
                titles.add(title);
            }
        });
        return titles;
    }

    static Stream<Arguments> refusals() throws IOException {
        return blocks(section("What is refused"), "```yaml\n(.*?)```\n+```text\n(.*?)\n```")
                .map(block -> Arguments.of(block.group(1), block.group(2)));
    }

    static Stream<Arguments> exposures() throws IOException {
        return table(section("The guard"), "name").stream()
                .map(row -> Arguments.of(row.get(0), row.get(1), row.get(2), row.get(3)));
    }

    @ParameterizedTest
    @MethodSource("sectionsWithExamples")
    void theExamplesConfigureTheDescribedEnvironments(String section) throws IOException {
        blocks(section(section), "```yaml\n(.*?)```")
                .map(block -> block.group(1))
                .forEach(this::write);
        new ConfigFiles(directory)
                .application()
                .withUserConfiguration(EnvironmentConnectionTests.Bundle.class)
                .run(context -> {
                    EnvironmentRegistry environments = ConfigFiles.environmentsOf(context);
                    assertThat(environments.names().stream()
                                    .map(name -> name + " "
                                            + place(environments.get(name).address())))
                            .containsExactlyElementsOf(EXAMPLES.get(section));
                });
    }

    @Test
    void everyExampleIsExpectedAndEveryExpectationHasAnExample() throws IOException {
        assertThat(sectionsWithExamples()).isEqualTo(new TreeSet<>(EXAMPLES.keySet()));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedExamplesHaveTheseMessages(String configuration, String message) {
        write(configuration);
        new ConfigFiles(directory)
                .run(environments -> assertThat(
                                catchThrowable(() -> environments.get("staging").address()))
                        .hasMessage(message));
    }

    @Test
    void everyRefusalHasItsMessage() throws IOException {
        String section = section("What is refused");
        assertThat(refusals()).hasSize((int) blocks(section, "```yaml").count()).hasSizeGreaterThan(8);
    }

    @Test
    void theTableMatchesTheGuard() throws IOException {
        List<List<String>> table = table(section("The guard"), "operation");
        List<String> header = header(section("The guard"), "operation");
        Set<GuardedOperation> seen = EnumSet.noneOf(GuardedOperation.class);
        for (List<String> row : table) {
            GuardedOperation operation = operation(row.get(0));
            assertThat(seen.add(operation)).as(row.get(0)).isTrue();
            for (int column = 1; column < row.size(); column++) {
                assertThat(operation.requirementOn(exposure(header.get(column))))
                        .as(row.get(0) + " × " + header.get(column))
                        .isEqualTo(CELLS.get(row.get(column)));
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(GuardedOperation.values());
        assertThat(header.subList(1, header.size())).containsExactlyInAnyOrderElementsOf(COLUMNS.keySet());
    }

    @ParameterizedTest
    @MethodSource("exposures")
    void theTableOfProtectedEnvironmentsIsTrue(String name, String host, String flag, String exposure) {
        String prefix = "monarch.environments." + name;
        ApplicationContextRunner application = ConfigFiles.applicationWithoutFiles()
                .withPropertyValues(
                        "spring.mongodb.uri=mongodb://localhost:1/own",
                        prefix + ".database=kennel",
                        prefix + ".host=" + (host.contains("::") ? "[" + host + "]" : host));
        (flag.isEmpty() ? application : application.withPropertyValues(prefix + ".protected=" + flag))
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).get(name).exposure())
                        .isEqualTo(COLUMNS.get(exposure)));
    }

    private void write(String block) {
        new ConfigFiles(directory).write(block.substring(0, block.indexOf('\n')).replace("# ", ""), block);
    }

    private static String place(EnvironmentAddress address) {
        return String.join(",", address.hosts()).replace(":27017", "") + "/" + address.database();
    }

    private static GuardedOperation operation(String words) {
        return Stream.of(GuardedOperation.values())
                .filter(operation -> operation
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                        .equals(words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation '" + words + "'"));
    }

    private static Exposure exposure(String column) {
        return Objects.requireNonNull(COLUMNS.get(column), column);
    }

    private static String section(String title) throws IOException {
        return Objects.requireNonNull(sections().get(title), title);
    }

    private static Map<String, String> sections() throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : Files.readString(GUIDE).split("(?m)^##+ ")) {
            sections.put(section.substring(0, section.indexOf('\n')), section);
        }
        return sections;
    }

    private static Stream<MatchResult> blocks(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).results();
    }

    private static List<String> header(String text, String firstColumn) {
        return cells(text.lines()
                .filter(line -> line.startsWith("| " + firstColumn))
                .findFirst()
                .orElseThrow());
    }

    private static List<List<String>> table(String text, String firstColumn) {
        List<List<String>> rows = new ArrayList<>();
        text.lines()
                .dropWhile(line -> !line.startsWith("| " + firstColumn))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(EnvironmentsGuideTests::cells)
                .forEach(rows::add);
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(String::strip)
                .toList();
    }
}
