package dev.monarch.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Starts one process that must not outlive this JVM, even when the JVM is killed and no shutdown hook runs. A shell
 * between the two reads commands from a pipe. When the pipe ends, the shell kills the process and deletes its folder.
 */
final class ChildProcess implements AutoCloseable {

    private static final String SCRIPT = script();

    private final Process shell;

    private final Writer orders;

    private final BufferedReader answers;

    /**
     * @param folder the folder of the process, deleted at the end
     * @param command the command, not yet started
     */
    ChildProcess(Path folder, List<String> command) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "keeper", folder.toString()));
        line.addAll(command);
        try {
            this.shell = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.orders = shell.outputWriter(StandardCharsets.UTF_8);
        this.answers = shell.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process and returns its id. */
    long start() {
        return Long.parseLong(order("start"));
    }

    boolean alive() {
        return order("alive").equals("yes");
    }

    /** Sends a signal, given by its name without SIG. If the process has ended, this does nothing. */
    void signal(String name) {
        order(name);
    }

    /** Waits until the process has ended. Tell it to end first; if it does not, this kills it. */
    void awaitGone() {
        try {
            Poll.until(() -> !alive(), () -> "the process does not end");
        } catch (IllegalStateException e) {
            signal("KILL");
            throw e;
        }
    }

    private synchronized String order(String order) {
        try {
            orders.write(order + "\n");
            orders.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the shell that keeps a test server is gone; order was " + order);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("the shell that keeps a test server is gone; order was " + order, e);
        }
    }

    /** Kills the process if it runs and deletes its folder. */
    @Override
    public void close() {
        try {
            orders.close();
            if (!shell.waitFor(Poll.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the shell that keeps a test server does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String script() {
        try (InputStream in = ChildProcess.class.getResourceAsStream("keeper.sh")) {
            return new String(Objects.requireNonNull(in, "keeper.sh").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
