package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The script that completion prints, in a real bash and a real zsh. */
class CompletionVerbTests {

    /** The application, as a shell function that knows some names. */
    private static final String NAMES = """
            monarch() {
              case "$1" in
                complete-environments) printf 'default\\nstaging\\nproduction\\n' ;;
                complete-backups) printf 'nightly__2026_11_20T103005Z\\nproduction__2026_11_20T103005Z\\n' ;;
              esac
            }
            """;

    /** The script, which is the same for all tests. */
    private static String printed = "";

    @TempDir
    private Path directory;

    @BeforeAll
    static void print() {
        Result result = new Commands().and(BrokenApplication.class).run("completion");
        assertThat(result.exit()).as(result.err()).isZero();
        printed = result.out();
    }

    /** The typed words, and the completed last word; empty if there is nothing to complete. */
    static Stream<Arguments> words() {
        return Stream.of(
                Arguments.of("monarch sta", "status"),
                Arguments.of("monarch roll", "rollback"),
                Arguments.of("monarch adop", "adopt"),
                Arguments.of("monarch comple", "completion"),
                Arguments.of("monarch help list-ba", "list-backups"),
                Arguments.of("monarch status --ch", "--check"),
                Arguments.of("monarch adopt --conf", "--confirm"),
                Arguments.of("monarch status sta", "staging"),
                Arguments.of("monarch status --check prod", "production"),
                Arguments.of("monarch migrate-one 1-dogs prod", "production"),
                Arguments.of("monarch migrate-one prod", ""),
                Arguments.of("monarch rollback staging --confirm sta", "staging"),
                Arguments.of("monarch show-backup night", "nightly__2026_11_20T103005Z"),
                Arguments.of("monarch verify-backup prod", "production__2026_11_20T103005Z"),
                Arguments.of("monarch restore night", "nightly__2026_11_20T103005Z:"),
                Arguments.of("monarch restore nightly:sta", "nightly:staging"),
                Arguments.of("monarch copy-db prod", "production:"),
                Arguments.of("monarch copy-db production:sta", "production:staging"),
                Arguments.of("monarch backup --compression gz", "gzip"),
                Arguments.of("monarch backup --output js", "json"),
                Arguments.of("monarch resolve 1-dogs --as app", "applied"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void theScriptCompletes(String words, String completed) throws Exception {
        assertThat(complete(printed + NAMES, words)).isEqualTo(completed.isEmpty() ? List.of() : List.of(completed));
    }

    @ParameterizedTest
    @MethodSource("words")
    void zshCompletesTheSame(String words, String completed) throws Exception {
        String before = words.substring(0, words.lastIndexOf(' ') + 1);
        String expected = completed.isEmpty() ? words : before + completed + (completed.endsWith(":") ? "" : " ");

        assertThat(zsh().complete(printed + NAMES, words)).containsExactly(expected);
    }

    @Test
    void zshQueriesTheApplicationOnceAndOnlyForItsNames() throws Exception {
        Path calls = directory.resolve("calls");
        String shell = printed + "monarch() { echo \"$*\" >> " + calls + "; echo staging; }\n";

        assertThat(zsh().complete(shell, "monarch status --ch", "monarch sta"))
                .containsExactly("monarch status --check ", "monarch status ");
        assertThat(calls).doesNotExist();
        assertThat(zsh().complete(shell, "monarch status s", "monarch show-backup s", "monarch unlock --confirm "))
                .containsExactly(
                        "monarch status staging ", "monarch show-backup staging ", "monarch unlock --confirm staging ");
        assertThat(calls).hasContent("complete-environments\ncomplete-backups");
    }

    @Test
    void theApplicationIsQueriedOnceAndOnlyForItsNames() throws Exception {
        Path calls = directory.resolve("calls");
        String shell = printed + "monarch() { echo \"$*\" >> " + calls + "; echo staging; }\n";
        assertThat(complete(shell, "monarch status --", "monarch sta", "monarch backup --name "))
                .contains("--check", "status");
        assertThat(calls).doesNotExist();
        assertThat(complete(shell, "monarch status s", "monarch show-backup s", "monarch unlock --confirm "))
                .containsExactly("staging", "staging", "staging");
        assertThat(calls).hasContent("complete-environments\ncomplete-backups");
    }

    @Test
    void theCommandCanHaveAnotherName() throws Exception {
        String kennel = new Commands().run("completion", "--command", "kennel").out();
        String shell = kennel + "kennel() { [ \"$1\" = complete-environments ] && echo staging; }\n";
        assertThat(run(shell + entry("kennel") + "completes kennel status \"\"\n"))
                .containsExactly("staging");
        Result wrong = new Commands().run("completion", "--command", "$(rm)");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).isEqualTo("'$(rm)' is not a valid name of a shell function, such as monarch.\n");
    }

    @Test
    void theScriptIsRegisteredInBash() throws Exception {
        assertThat(run(printed + "complete -p monarch\n"))
                .containsExactly("complete -o default -F _complete_monarch monarch");
    }

    private List<String> complete(String shell, String... lines) throws Exception {
        StringBuilder text = new StringBuilder(shell + entry("monarch"));
        for (String line : lines) {
            text.append("completes ")
                    .append(line)
                    .append(line.endsWith(" ") ? "\"\"" : "")
                    .append('\n');
        }
        return run(text.toString());
    }

    /** Calls the completion as bash does, and prints the results. */
    private static String entry(String name) {
        return """
                completes() {
                  COMP_WORDS=("$@")
                  COMP_CWORD=$(( $# - 1 ))
                  COMPREPLY=()
                  _complete_%s
                  (( ${#COMPREPLY[@]} )) && printf '%%s\\n' "${COMPREPLY[@]}"
                }
                """.formatted(name);
    }

    private Zsh zsh() throws IOException {
        return Zsh.in(directory);
    }

    private List<String> run(String shell) throws Exception {
        assumeThat(Files.isExecutable(Path.of("/bin/bash"))).as("needs bash").isTrue();
        Path script = Files.writeString(directory.resolve("script"), shell);
        Process bash = new ProcessBuilder("/bin/bash", script.toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        // Outside of a completion, bash does not allow changing its options, and prints an error.
        assertThat(Files.readAllLines(directory.resolve("errors")))
                .allMatch(line -> line.endsWith("not currently executing completion function"));
        return out.lines().toList();
    }
}
