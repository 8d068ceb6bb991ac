package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import dev.monarch.migration.MigrationStatus;
import dev.monarch.spring.boot.advice.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares docs/commands.md with the help, the exit codes and the states. With {@code -Dmonarch.guide=write}, it first
 * writes the help into the guide.
 */
class CommandsGuideTests {

    private static final Path GUIDE = Path.of("../docs/commands.md");

    static List<String> names() {
        return MonarchLine.names();
    }

    /** The arguments after the word monarch in every shell line of every page. */
    static Stream<String> linesOfShells() throws IOException {
        StringBuilder pages = new StringBuilder(Files.readString(Path.of("../README.md")));
        try (Stream<Path> files = Files.list(GUIDE.resolveSibling(""))) {
            for (Path page : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                pages.append(Files.readString(page));
            }
        }
        return blocks(pages.toString(), "sh")
                .flatMap(String::lines)
                .filter(line -> line.matches("java -jar .* monarch .*"))
                .map(line -> line.replaceFirst(".* monarch ", ""))
                .filter(words -> !words.startsWith("count-dogs"));
    }

    @BeforeAll
    static void writeTheHelpOnRequest() throws IOException {
        if (!System.getProperty("monarch.guide", "").equals("write")) {
            return;
        }
        String guide = withHelp(
                Files.readString(GUIDE), "## The verbs", MonarchLine.get().getUsageMessage());
        for (CommandLine verb : MonarchLine.verbs()) {
            guide = withHelp(guide, "### " + verb.getCommandName(), verb.getUsageMessage());
        }
        Files.writeString(GUIDE, guide);
    }

    private static String withHelp(String guide, String title, String help) {
        Matcher section =
                Pattern.compile("(?ms)^" + title + "\n\n```text\n.*?```").matcher(guide);
        assertThat(section.find())
                .as("docs/commands.md has '%s' and a block of text below it, for its help", title)
                .isTrue();
        return guide.substring(0, section.start()) + title + "\n\n```text\n" + help.stripTrailing() + "\n```"
                + guide.substring(section.end());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theGuideShowsTheHelpOfEachVerb(String name) throws IOException {
        String help = MonarchLine.verb(name).getUsageMessage();
        assertThat(blocks(section(name), "text")).containsExactly(help.stripTrailing() + "\n");
    }

    @Test
    void theGuideShowsTheHelpOfAllVerbs() throws IOException {
        String help = MonarchLine.get().getUsageMessage();
        assertThat(blocks(section("The verbs"), "text")).containsExactly(help.stripTrailing() + "\n");
    }

    @Test
    void theGuideHasASectionForEachVerb() throws IOException {
        assertThat(Pattern.compile("(?m)^### (.*)$")
                        .matcher(Files.readString(GUIDE))
                        .results()
                        .map(title -> title.group(1)))
                .containsExactlyElementsOf(names());
    }

    @Test
    void theOverviewLinksEveryVerbWithItsFirstLine() throws IOException {
        assertThat(rows(section("Overview")).stream()
                        .map(row -> row.replaceFirst("^\\| \\[`([a-z-]+)[^`]*`\\]\\(#\\1\\) \\| (.*) \\|$", "$1: $2")))
                .containsExactlyElementsOf(MonarchLine.verbs().stream()
                        .map(verb -> verb.getCommandName() + ": " + MonarchLine.summary(verb))
                        .toList());
    }

    @Test
    void theTableHasAllExitCodes() throws IOException {
        assertThat(rows(section("Exit codes")))
                .containsExactlyElementsOf(Stream.of(ExitCode.values())
                        .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachVerbListsItsExitCodes(String name) throws IOException {
        String codes = Pattern.compile("(?m)^Exit codes: (.*)\\.$")
                .matcher(section(name))
                .results()
                .map(line -> line.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(Stream.of(ExitCode.values()).map(code -> Integer.toString(code.code())))
                .containsSubsequence(codes.split(", "));
    }

    @Test
    void theTableHasAllStates() throws IOException {
        assertThat(rows(section("status")))
                .extracting(row -> row.split(" *\\| *")[1].replace(' ', '_'))
                .containsExactlyElementsOf(Arrays.stream(MigrationStatus.State.values())
                        .map(Enum::name)
                        .toList());
    }

    @Test
    void theTableSaysWhichStatesArePending() throws IOException {
        for (String row : rows(section("status"))) {
            String[] cells = row.split(" *\\| *");
            MigrationStatus status = new MigrationStatus(
                    "1",
                    MigrationStatus.State.valueOf(cells[1].replace(' ', '_')),
                    null,
                    null,
                    0,
                    null,
                    null,
                    null,
                    null);
            assertThat(cells[2]).as(row).matches("(runs it|refuses|does nothing).*");
            assertThat(cells[2].startsWith("does nothing")).as(row).isNotEqualTo(status.isPending());
        }
    }

    @ParameterizedTest
    @MethodSource("linesOfShells")
    void everyShellLineIsValid(String words) {
        assertThat(MonarchLine.get().parseArgs(words.split(" ")).subcommand()).isNotNull();
    }

    private static List<String> rows(String section) {
        return section.lines().filter(line -> line.startsWith("|")).skip(2).toList();
    }

    private static Stream<String> blocks(String text, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1));
    }

    private static String section(String title) throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : Files.readString(GUIDE).split("(?m)^##+ ")) {
            sections.put(section.substring(0, section.indexOf('\n')), section);
        }
        return Objects.requireNonNull(sections.get(title), title);
    }
}
