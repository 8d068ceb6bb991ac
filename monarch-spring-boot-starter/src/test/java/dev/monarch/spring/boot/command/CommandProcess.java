package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.monarch.spring.boot.command.shelter.ShelterApplication;
import dev.monarch.spring.boot.process.ApplicationProcess;
import dev.monarch.test.TestProcess;

/** The shelter's application in a separate process, with standard output and error read separately. */
final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The second bit, because signals are numbered from 1. */
    private static final long SIGINT = 1 << 1;

    private final Process process;

    private final Lines out;

    private final Lines err;

    private CommandProcess(Process process) {
        this.process = process;
        this.out = new Lines(process.inputReader());
        this.err = new Lines(process.errorReader());
    }

    record Result(int exit, List<String> out, List<String> err) {}

    static CommandProcess start(String... arguments) {
        List<String> command = new ArrayList<>(hearingCtrlC());
        command.addAll(TestProcess.javaCommand());
        command.addAll(List.of("-Dlogging.config=classpath:command-logback.xml", "-Dstdout.encoding=UTF-8"));
        command.addAll(ApplicationProcess.options());
        command.add(ShelterApplication.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new CommandProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A build in the background of a shell ignores Ctrl-C, and so would its child processes. */
    private static List<String> hearingCtrlC() {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(status)) {
            boolean ignored = lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring("SigIgn:".length()).strip())
                    .anyMatch(signals -> (Long.parseUnsignedLong(signals, 16) & SIGINT) != 0);
            return ignored ? List.of("env", "--default-signal=INT") : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end, without input. */
    static Result run(String... arguments) {
        try (CommandProcess process = start(arguments)) {
            return process.await();
        }
    }

    Result await() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It does not end. Output: " + out.all() + " Errors: " + err.all());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return new Result(process.exitValue(), out.toTheEnd(), err.toTheEnd());
    }

    void awaitOutput(Predicate<String> line) {
        out.await(line, PATIENCE);
    }

    /** Sends the signal of Ctrl-C. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Lines that a thread reads and another waits for. */
    private static final class Lines {

        private final List<String> lines = new ArrayList<>();

        private final Thread reader;

        Lines(BufferedReader source) {
            this.reader = new Thread(() -> source.lines().forEach(this::add), "command-output");
            reader.setDaemon(true);
            reader.start();
        }

        private synchronized void add(String line) {
            lines.add(line);
            notifyAll();
        }

        synchronized List<String> all() {
            return List.copyOf(lines);
        }

        List<String> toTheEnd() {
            try {
                reader.join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return all();
        }

        synchronized void await(Predicate<String> wanted, Duration within) {
            long deadline = System.nanoTime() + within.toNanos();
            while (lines.stream().noneMatch(wanted)) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !reader.isAlive()) {
                    throw new AssertionError("The line did not come. Output: " + lines);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(
                            this, Math.min(left, Duration.ofMillis(200).toNanos()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
        }
    }
}
