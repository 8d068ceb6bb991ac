package dev.monarch.spring.boot.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The script that completion prints, in a real bash. */
class CompletionVerbTests {

    @TempDir
    private Path directory;

    @BeforeEach
    void bashIsThere() {
        assumeThat(Files.isExecutable(Path.of("/bin/bash"))).as("needs bash").isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "monarch sta                            | status",
                "monarch roll                           | rollback",
                "monarch adop                           | adopt",
                "monarch comple                         | completion",
                "monarch help list-ba                   | list-backups",
                "monarch status --ch                    | --check",
                "monarch adopt --conf                   | --confirm",
                "monarch status sta                     | staging",
                "monarch status --check prod            | production",
                "monarch migrate-one 1-dogs prod        | production",
                "monarch migrate-one prod               | -",
                "monarch rollback staging --confirm sta | staging",
                "monarch show-backup night              | nightly__2026_11_20T103005Z",
                "monarch verify-backup prod             | production__2026_11_20T103005Z",
                "monarch restore night                  | nightly__2026_11_20T103005Z:",
                "monarch restore nightly:sta            | nightly:staging",
                "monarch copy-db prod                   | production:",
                "monarch copy-db production:sta         | production:staging",
                "monarch backup --compression gz        | gzip",
                "monarch backup --output js             | json",
                "monarch resolve 1-dogs --as app        | applied",
            })
    void theScriptCompletes(String words, String completed) throws Exception {
        String shell = script() + """
                monarch() {
                  case "$1" in
                    complete-environments) printf 'default\\nstaging\\nproduction\\n' ;;
                    complete-backups) printf 'nightly__2026_11_20T103005Z\\nproduction__2026_11_20T103005Z\\n' ;;
                  esac
                }
                """;
        assertThat(complete(shell, words)).isEqualTo(completed == null ? List.of() : List.of(completed));
    }

    @Test
    void theApplicationIsAskedOnlyForWhatItKnowsAndOnce() throws Exception {
        Path calls = directory.resolve("calls");
        String shell = script() + "monarch() { echo \"$*\" >> " + calls + "; echo staging; }\n";
        assertThat(complete(shell, "monarch status --", "monarch sta", "monarch backup --name "))
                .contains("--check", "status");
        assertThat(calls).doesNotExist();
        assertThat(complete(shell, "monarch status s", "monarch migrate s", "monarch unlock --confirm "))
                .containsExactly("staging", "staging", "staging");
        assertThat(calls).hasContent("complete-environments");
    }

    @Test
    void theCommandCanHaveAnotherName() throws Exception {
        String script = new Commands().run("completion", "--command", "kennel").out();
        String shell = script + "kennel() { [ \"$1\" = complete-environments ] && echo staging; }\n";
        assertThat(run(shell + entry("kennel") + "completes kennel status \"\"\n"))
                .containsExactly("staging");
        Result wrong = new Commands().run("completion", "--command", "$(rm)");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).isEqualTo("'$(rm)' is no name of a shell function, such as monarch.\n");
    }

    @Test
    void bashSaysThatItIsComplete() throws Exception {
        assertThat(run(script() + "complete -p monarch\n"))
                .containsExactly("complete -o default -F _complete_monarch monarch");
    }

    private static String script() {
        Result result = new Commands().and(BrokenApplication.class).run("completion");
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out();
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

    /** Calls the completion as bash does, and prints what it offers. */
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

    private List<String> run(String shell) throws Exception {
        Path script = Files.writeString(directory.resolve("script"), shell);
        Process bash = new ProcessBuilder("/bin/bash", script.toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        // Outside of a completion bash does not let its options be changed, and says so.
        assertThat(Files.readAllLines(directory.resolve("errors")))
                .allMatch(line -> line.endsWith("not currently executing completion function"));
        return out.lines().toList();
    }
}
