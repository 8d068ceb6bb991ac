package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

import dev.monarch.engine.MonarchVersion;
import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The help of Monarch's verbs, which does not start the application. */
class HelpTests {

    private final Commands commands =
            new Commands().with("--spring.mongodb.uri=nonsense").and(BrokenApplication.class);

    static List<String> names() {
        return MonarchLine.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void helpNeedsNoApplication(String name) {
        String help = MonarchLine.verb(name).getUsageMessage().stripTrailing() + "\n";
        for (String[] words : new String[][] {{"help", name}, {name, "--help"}, {name, "-h"}}) {
            assertThat(commands.run(words)).isEqualTo(new Result(0, help, ""));
        }
    }

    @Test
    void theGeneralHelpNeedsNoApplication() {
        for (String[] words : new String[][] {{"help"}, {"--help"}, {"help", "--all"}, {"-h"}}) {
            Result result = commands.run(words);
            assertThat(result.exit()).isZero();
            assertThat(result.out()).startsWith("Usage: java -jar app.jar").contains("\n  adopt ");
        }
    }

    @Test
    void theVersionNeedsNothing() {
        String version = MonarchVersion.get();
        assertThat(version).matches("\\d+\\.\\d+\\..*");
        assertThat(commands.run("--version")).isEqualTo(new Result(0, "Monarch " + version + "\n", ""));
        assertThat(commands.run("--version", "--output", "json").json()).isEqualTo(new Document("version", version));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theHelpListsTheValuesOfEachOption(String name) {
        for (OptionSpec option : MonarchLine.verb(name).getCommandSpec().options()) {
            if (option.type().isEnum() && option.paramLabel().contains("|")) {
                assertThat(option.paramLabel())
                        .isEqualTo(Stream.of(option.type().getEnumConstants())
                                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining("|")));
            }
        }
    }
}
