package dev.monarch.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Monarch in a process that repeats one operation. In a shared process, other operations would change how the JVM
 * compiles its code.
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
     * @param arguments the arguments for {@link Monarch#main}
     * @param log the file for its error output
     */
    static ForkedMonarch start(List<String> arguments, Path log) throws IOException {
        return start(System.getProperty("java.class.path"), arguments, log);
    }

    /**
     * Starts a process of another build.
     *
     * @param classPath the class path of that build
     * @param arguments the arguments for {@link Monarch#main}
     * @param log the file for its error output
     */
    static ForkedMonarch start(String classPath, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>(command(classPath));
        command.addAll(arguments);
        command.add(Monarch.REPEATED);
        return new ForkedMonarch(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** {@return the command that starts Monarch with a heap of 256 MB, without its arguments} */
    static List<String> command() {
        return command(System.getProperty("java.class.path"));
    }

    private static List<String> command(String classPath) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                classPath,
                Monarch.class.getName());
    }

    /** Makes it run its operation once. */
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
