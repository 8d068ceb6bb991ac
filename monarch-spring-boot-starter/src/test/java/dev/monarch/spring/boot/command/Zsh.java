package dev.monarch.spring.boot.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** An interactive zsh on its own terminal. */
final class Zsh {

    /** The startup file of zsh. Ctrl-X prints the current line, and starts a new one. */
    private static final String STARTUP = """
            PS1=
            autoload -U compinit && compinit -u -D
            source '%1$s/script'
            hand-over() { print -r -- "$BUFFER" >> '%1$s/lines'; BUFFER=; print -n '<handed over>'; }
            zle -N hand-over
            bindkey '^X' hand-over
            zle-line-init() { print -n '<ready>'; }
            zle -N zle-line-init
            """;

    /** Types each line and a tab, and waits for the result. */
    private static final String PERSON = """
            zmodload zsh/zpty
            zpty terminal "ZDOTDIR='%1$s' zsh -d -i"
            zpty -r -m terminal seen '*<ready>*' || exit 1
            while IFS= read -r line; do
              zpty -w -n terminal "$line"$'\\t\\x18'
              zpty -r -m terminal seen '*<handed over>*' || exit 2
            done < '%1$s/typed'
            zpty -d terminal
            """;

    private final Path directory;

    private Zsh(Path directory) {
        this.directory = directory;
    }

    /** Skips the test if there is no zsh. */
    static Zsh in(Path directory) {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, "zsh"))
                        .anyMatch(Files::isExecutable))
                .as("needs zsh on the PATH")
                .isTrue();
        return new Zsh(directory);
    }

    /**
     * Completes lines.
     *
     * @param script the script to source first
     * @param typed the lines as they are typed
     * @return the lines after the tab
     */
    List<String> complete(String script, String... typed) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("script"), script);
        Files.write(directory.resolve("typed"), List.of(typed));
        Files.writeString(directory.resolve(".zshrc"), STARTUP.formatted(directory));
        Files.deleteIfExists(directory.resolve("lines"));
        Path person = Files.writeString(directory.resolve("person"), PERSON.formatted(directory));
        Process process = new ProcessBuilder("zsh", "-f", person.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(directory.resolve("said")))
                .isTrue();
        return Files.readAllLines(directory.resolve("lines"));
    }
}
