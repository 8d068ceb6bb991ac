package dev.monarch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Runs a process that is measured from its start to its end. */
final class WholeProcess {

    private WholeProcess() {}

    /**
     * Runs a command to its end.
     *
     * @param log the file for its output
     * @throws IllegalStateException if it fails
     */
    static void run(List<String> command, Path log) throws IOException, InterruptedException {
        run(command, log, 0);
    }

    /**
     * Runs a command to its end.
     *
     * @param log the file for its output
     * @param expected the exit codes that are no failure
     * @throws IllegalStateException if it ends with another one
     */
    static void run(List<String> command, Path log, int... expected) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (IntStream.of(expected).noneMatch(code -> code == exit)) {
            throw new IllegalStateException(command + " ended with " + exit + ": " + Files.readString(log));
        }
    }
}
