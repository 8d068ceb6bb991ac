package dev.monarch.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process that a test starts. A test can read its output line by line, and stop, continue and kill it.
 *
 * <p>Closing it kills it. Safe for use by several threads.
 */
public final class TestProcess implements AutoCloseable {

    private final Process process;

    private final List<String> lines = new ArrayList<>();

    private final Thread reader = new Thread(this::read, "test-process-output");

    private boolean ended;

    private TestProcess(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command. Its error output is merged into its output.
     *
     * @param environment variables to add to those of this process
     * @param command the command and its arguments
     * @return the process
     */
    public static TestProcess start(Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new TestProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + command, e);
        }
    }

    /**
     * Starts another JVM with the class path of this one.
     *
     * @param main the class whose {@code main} is run
     * @param arguments its arguments
     * @return the process
     */
    public static TestProcess java(Class<?> main, String... arguments) {
        List<String> command = javaCommand();
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(Map.of(), command);
    }

    /**
     * Returns the start of a command that runs this JVM's java with a small heap and a fast start.
     *
     * @return a modifiable list
     */
    public static List<String> javaCommand() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(
                java,
                "-Xmx192m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // A tenth of a start is spent on verifying classes that javac has compiled.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote"));
    }

    /**
     * Waits for a line of output.
     *
     * @param wanted the line
     * @param within how long to wait
     * @return the first such line, whether it came before or after this call
     * @throws AssertionError if it does not come, with the output so far
     */
    public synchronized String awaitLine(Predicate<String> wanted, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            for (String line : lines) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || ended) {
                throw new AssertionError("The line did not come. The output was:\n" + String.join("\n", lines));
            }
            waitFor(left);
        }
    }

    private void waitFor(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for output", e);
        }
    }

    /**
     * Waits for the process to end.
     *
     * @param within how long to wait
     * @return its exit code
     * @throws AssertionError if it does not end, with the output so far
     */
    public int awaitExit(Duration within) {
        try {
            if (process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                reader.join(within.toMillis());
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("The process did not end. The output was:\n" + String.join("\n", lines()));
    }

    /**
     * Returns what the process has written so far.
     *
     * @return the lines
     */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** Kills the process as {@code kill -9} does, and waits until it has ended. */
    public void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** Asks the process to end, as {@code kill} does. */
    public void terminate() {
        signal("-TERM");
    }

    /** Stops the process as {@code kill -STOP} does. */
    public void pause() {
        signal("-STOP");
    }

    /** Continues a stopped process. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + signal + " failed with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while sending a signal", e);
        }
    }

    /** Kills the process and its children. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                add(line);
                line = output.readLine();
            }
        } catch (IOException e) {
            add("(the output ended with " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
