package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

class CommandParserTests {

    /** An application that cannot start, because these tests never start it. */
    private final Commands commands =
            new Commands().with("--spring.mongodb.uri=nonsense").and(BrokenApplication.class);

    static List<String> names() {
        return MonarchLine.names();
    }

    @Test
    void theWordMonarchIsRecognizedAsTheFirstNonOption() {
        assertThat(CommandArguments.in("--a=b", "--c", "monarch", "status", "--check"))
                .contains(new CommandArguments(List.of("--a=b", "--c"), List.of("status", "--check")));
        assertThat(CommandArguments.in("monarch")).contains(new CommandArguments(List.of(), List.of()));
        assertThat(List.of(
                        CommandArguments.in(),
                        CommandArguments.in("--monarch"),
                        CommandArguments.in("serve", "monarch"),
                        CommandArguments.in("Monarch", "status")))
                .containsOnly(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                No verb was given; 'monarch help' lists the verbs.",
        "-v,                                No verb was given; 'monarch help' lists the verbs.",
        "migrate staging production,        Unexpected argument: 'production'. 'monarch help migrate' explains it.",
        "status --chek,                     There is no option '--chek'. Did you mean --check? 'monarch help status' explains it.",
        "status --check=yes,                'Invalid value for option ''--check'': ''yes'' is not a boolean.'",
        "status --spring.profiles.active=x, There is no option '--spring.profiles.active'. Spring's arguments precede the word monarch.",
        "migrate-one,                       Missing: ID. 'monarch help migrate-one' explains it.",
        "migrate --to,                      Missing: --to ID. 'monarch help migrate' explains it.",
        "migrate --to --dry-run,            Missing: --to ID.",
        "migrate --to a --to b,             option '--to' (ID) should be specified only once.",
        "status --output xml,               'Invalid value for option ''--output'''",
        "rollback,                          'Missing: one of --last, --steps N, --one ID, --to ID. ''monarch help rollback'' explains it.'",
        "rollback --steps 1 --last,         '--last, --steps=N are mutually exclusive (specify only one).'",
        "rollback --steps 0,                'Invalid value for option ''--steps'': ''0'' is not a number of at least 1.'",
        "swap,                              'Missing: one of --status, --retry, --abandon.'",
        "restore nightly,                   'Invalid value for positional parameter at index 0 (BACKUP:ENV): ''nightly'' is not BACKUP:ENV'",
        "copy-db production,                'Invalid value for positional parameter at index 0 (FROM:TO): ''production'' is not FROM:TO'",
        "copy-backup nightly,               Missing: --to STORE.",
        "backup --compression lzma,         'Invalid value for option ''--compression'': expected one of [ZSTD, GZIP, NONE]'",
        "restore a:b --all --database c,    '--database=NAME, --all are mutually exclusive'",
    })
    void wrongUseIsReportedImmediately(String line, String message) {
        Result result = commands.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines().findFirst())
                .hasValueSatisfying(said -> assertThat(said).startsWith(message));
    }

    @Test
    void commonOptionsMayPrecedeTheVerb() {
        ParseResult parsed = MonarchLine.get().parseArgs("-v", "--output", "json", "migrate", "staging");
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo("migrate");
        assertThat(parsed.subcommand().matchedPositionalValue(0, "")).isEqualTo("staging");
        assertThat(commands.run("-v", "--output", "json", "help", "status").json())
                .containsKey("help");
    }

    @Test
    void theEnvironmentIsTheLastParameter() {
        for (String verb : List.of("migrate-one", "baseline")) {
            ParseResult parsed =
                    MonarchLine.get().parseArgs(verb, "1-dogs", "staging").subcommand();
            assertThat(parsed.matchedPositionalValue(0, "")).isEqualTo("1-dogs");
            assertThat(parsed.matchedPositionalValue(1, "")).isEqualTo("staging");
        }
    }

    @Test
    void aliasesAreAccepted() {
        for (String[] words : new String[][] {{"help", "list_backups"}, {"list_backups", "--help"}}) {
            assertThat(commands.run(words).out()).startsWith("Usage: monarch list-backups");
        }
        assertThat(commands.run("create", "-h").out()).startsWith("Usage: monarch generate");
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVerbHasASummaryAndAnExampleThatParses(String name) {
        CommandLine verb = MonarchLine.verb(name);
        assertThat(MonarchLine.summary(verb)).endsWith(".").doesNotContain("\n");
        List<String[]> examples = Stream.of(verb.getCommandSpec().usageMessage().footer())
                .filter(line -> line.startsWith("  monarch "))
                .map(line -> words(line.replaceFirst("  monarch ", "")))
                .toList();
        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(words -> assertThat(MonarchLine.get()
                                .parseArgs(words)
                                .subcommand()
                                .commandSpec()
                                .name())
                        .isEqualTo(name));
    }

    /** Splits a line as a shell does. */
    private static String[] words(String line) {
        return Pattern.compile("'([^']*)'|\\S+")
                .matcher(line)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group())
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"stats, status", "migrat, migrate", "list-env, list-environments", "rolback, rollback", "xyzzy,"})
    void similarNamesAreSuggested(String typed, String first) {
        String said = commands.run(typed).err();
        assertThat(said).startsWith("There is no verb '" + typed + "'.");
        if (first == null) {
            assertThat(said).doesNotContain("Did you mean");
        } else {
            assertThat(said).contains("Did you mean " + first);
        }
    }
}
