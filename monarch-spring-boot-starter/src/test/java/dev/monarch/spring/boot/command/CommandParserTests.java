package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.engine.environment.NearestNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommandParserTests {

    private final Verbs verbs = new Verbs();

    private final CommandParser parser = new CommandParser(verbs);

    static List<String> names() {
        return new Verbs().names();
    }

    @Test
    void theWordMakesACommandWhereItIsTheFirstThatIsNoOption() {
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
        "'',                                No verb was given; 'monarch help' lists them.",
        "-v,                                No verb was given; 'monarch help' lists them.",
        "status staging production,         There is one word too many: 'production'. 'monarch help status' shows how it is used.",
        "status --chek,                     There is no option '--chek'. Did you mean --check? 'monarch help status' shows how it is used.",
        "status --check=yes,                'Invalid value for option ''--check'': ''yes'' is not a boolean.'",
        "status --spring.profiles.active=x, There is no option '--spring.profiles.active'. Spring's own arguments stand before the word monarch.",
        "migrate-one,                       Missing: ID. 'monarch help migrate-one' shows how it is used.",
        "migrate --to,                      Missing: --to ID. 'monarch help migrate' shows how it is used.",
        "migrate --to --dry-run,            Missing: --to ID.",
        "migrate --to a --to b,             option '--to' (ID) should be specified only once.",
        "status --output xml,               'Invalid value for option ''--output'': it is ''xml'', and must be text or json.'",
    })
    void wrongUseIsAnsweredAtOnce(String line, String message) {
        List<String> words = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThatThrownBy(() -> parser.parse(words))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        wrong -> assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG_USE))
                .hasMessageStartingWith(message);
    }

    @Test
    void optionsOfEveryVerbMayStandBeforeIt() {
        Call call = parser.parse(List.of("-v", "--output", "json", "status", "staging"));
        assertThat(call.verb()).isInstanceOf(StatusVerb.class);
        assertThat(call.arguments().json() && call.arguments().verbose()).isTrue();
        assertThat(call.arguments().word(0)).isEqualTo("staging");
    }

    @ParameterizedTest
    @MethodSource("names")
    void helpNeedsNothing(String name) {
        for (List<String> words : List.of(List.of("help", name), List.of(name, "--help"), List.of(name, "-h"))) {
            Call call = parser.parse(words);
            assertThat(call.verb()).isInstanceOf(HelpVerb.class);
            assertThat(call.arguments().word(0)).isEqualTo(name);
        }
    }

    @Test
    void theHelpOfAllNeedsNothingEither() {
        assertThat(parser.parse(List.of("help")).verb()).isInstanceOf(HelpVerb.class);
        assertThat(parser.parse(List.of("--help")).verb()).isInstanceOf(HelpVerb.class);
    }

    @Test
    void onlyTheApplicationKnowsItsOwnVerbs() {
        assertThat(parser.parse(List.of("adopt", "--anything")).verb()).isInstanceOf(ApplicationVerb.class);
        assertThat(parser.parse(List.of("help", "adopt")).verb()).isInstanceOf(ApplicationHelp.class);
        assertThat(parser.parse(List.of("help", "--all")).verb()).isInstanceOf(ApplicationHelp.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyVerbHasASummaryAndAnExampleThatParses(String name) {
        VerbDescription verb = verbs.find(name).orElseThrow().description();
        assertThat(verb.summary()).endsWith(".").doesNotContain("\n");
        assertThat(verb.examples()).isNotEmpty().allSatisfy(example -> {
            String withoutQuotes = example.words().replaceAll("'[^']*'", "quoted");
            assertThat(parser.parse(List.of(withoutQuotes.split(" ")))
                            .verb()
                            .description()
                            .name())
                    .isEqualTo(name);
        });
    }

    @Test
    void noNameIsGivenTwice() {
        List<String> all = verbs.all().stream()
                .map(Verb::description)
                .flatMap(verb -> Stream.concat(
                        Stream.of(verb.name()), verb.aliases().stream().distinct()))
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"stats, status", "migrat, migrate", "list-env, list-environments", "rolback, rollback", "xyzzy,"})
    void theNearestAreSuggested(String typed, String first) {
        assertThat(NearestNames.to(typed, verbs.names()).stream().findFirst()).isEqualTo(Optional.ofNullable(first));
    }
}
