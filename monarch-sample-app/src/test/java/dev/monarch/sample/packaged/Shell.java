package dev.monarch.sample.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs commands of the packaged application in a pipe or in a terminal. */
final class Shell {

    private static final Path TERMINAL = Path.of("/usr/bin/script");

    private final Path folder;

    private final Supplier<List<String>> application;

    private final Map<String, String> variables = new LinkedHashMap<>();

    Shell(Path folder) {
        this(folder, ExtractedKennel::command);
    }

    /**
     * Runs commands of an application.
     *
     * @param application its command line without its arguments
     */
    Shell(Path folder, Supplier<List<String>> application) {
        this.folder = folder;
        this.application = application;
    }

    /**
     * The result of a command.
     *
     * @param exit its exit code
     * @param out its standard output; in a terminal, everything on the screen
     * @param err its standard error
     */
    record Result(int exit, String out, String err) {}

    Shell set(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    String get(String variable) {
        return Objects.requireNonNull(variables.get(variable), variable);
    }

    /** Runs {@code monarch} with these arguments, without input, and with its output in pipes. */
    Result monarch(String... words) {
        return run(command(words), "");
    }

    /** Runs {@code monarch} with these arguments in a terminal, with typed input. */
    Result monarchInTerminal(String typed, String... words) {
        return run(List.of(TERMINAL.toString(), "-qec", String.join(" ", command(words)), "/dev/null"), typed);
    }

    static boolean hasTerminal() {
        return Files.isExecutable(TERMINAL);
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(application.get());
        command.add("monarch");
        command.addAll(List.of(words));
        return command;
    }

    /** Runs a command. */
    Result run(List<String> command, String typed) {
        try {
            Path in = Files.writeString(Files.createTempFile(folder, "in", ""), typed);
            File out = Files.createTempFile(folder, "out", "").toFile();
            File err = Files.createTempFile(folder, "err", "").toFile();
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out)
                    .redirectError(err);
            Stream.of("JAVA_TOOL_OPTIONS", "NO_COLOR").forEach(builder.environment()::remove);
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(Kennel.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end. Its output: " + Files.readString(out.toPath()));
            }
            return new Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
