package dev.monarch.spring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import dev.monarch.spring.boot.process.ApplicationProcess;
import dev.monarch.test.TestProcess;

/** An application with the reactive driver, in a process of its own. The tests do not have that driver. */
public final class ReactiveProcess {

    private static final Path REACTIVE = Path.of("target", "reactive");

    private ReactiveProcess() {}

    static List<File> jars() {
        return Arrays.asList(Objects.requireNonNull(REACTIVE.toFile().listFiles()));
    }

    /**
     * Runs an application with the reactive driver and everything that the tests have.
     *
     * @param application its main class
     * @param arguments its arguments
     * @return the lines that it has written
     */
    public static List<String> run(Class<?> application, String... arguments) throws IOException, InterruptedException {
        return run(application, starter -> true, arguments);
    }

    /** Runs an application that has only some of Spring Boot's starters. */
    static List<String> run(Class<?> application, Predicate<String> starters, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = TestProcess.javaCommand();
        command.addAll(ApplicationProcess.options(starters, jars()));
        command.add(application.getName());
        return run(command, arguments);
    }

    static List<String> run(List<String> java, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }
}
