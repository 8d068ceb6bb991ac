package dev.monarch.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Monarch in a process that does one thing again and again: in one process with others its compiled code would be shaped by
 * what they do, and compiled anew whenever their turn has been.
 */
final class ForkedMonarch implements AutoCloseable {

    static final String DONE = "DONE ";

    private final Process process;

    private final PrintWriter orders;

    private final BufferedReader answers;

    private ForkedMonarch(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a process.
     *
     * @param arguments what {@link Monarch#main} is to do
     * @param log takes what it says besides
     */
    static ForkedMonarch start(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(arguments);
        command.add(Monarch.AGAIN_AND_AGAIN);
        return new ForkedMonarch(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** Returns how a process of Monarch with 256 MB of heap is started, without its arguments. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Monarch.class.getName());
    }

    /** Has it done once. */
    long run() throws IOException {
        orders.println();
        String answer = answers.readLine();
        while (answer != null && !answer.startsWith(DONE)) {
            answer = answers.readLine();
        }
        if (answer == null) {
            throw new IllegalStateException("The process of Monarch has ended");
        }
        return Long.parseLong(answer.substring(DONE.length()));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
