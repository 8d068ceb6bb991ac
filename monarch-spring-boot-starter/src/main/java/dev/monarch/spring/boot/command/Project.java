package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * The Maven or Gradle project that a command stands in.
 *
 * @param directory its root
 * @param basePackage the package below which the application finds its own classes
 */
record Project(Path directory, String basePackage) {

    private static final String DIRECTORY = "--directory";

    private static final String PACKAGE = "--package";

    private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts");

    /** The package of migrations, below that of the application. */
    static final String MIGRATIONS = "migrations";

    /** The package of query sets, below that of the application. */
    static final String QUERY_SETS = "querysets";

    /**
     * Returns the options that say where to.
     *
     * @param what what is written, in words
     * @param subpackage the package it goes to, below that of the application
     */
    static List<ArgSpec> options(String what, String subpackage) {
        return List.of(
                VerbOptions.value(DIRECTORY, "DIR", "The project. Left out: where the command is called."),
                VerbOptions.value(
                        PACKAGE,
                        "NAME",
                        "The package of the " + what + ". Left out: '" + subpackage + "' below the application's."));
    }

    static Project of(Arguments arguments, @Nullable Class<?> application, String subpackage) {
        String given = arguments.option(DIRECTORY);
        Path directory = Path.of(given != null ? given : "").toAbsolutePath().normalize();
        if (BUILD_FILES.stream().noneMatch(file -> Files.isRegularFile(directory.resolve(file)))) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    directory + " is no project: there is no " + String.join(", ", BUILD_FILES)
                            + ". Call the command in the" + " project's directory, or name it with " + DIRECTORY + ".");
        }
        return new Project(directory, packageOf(arguments.option(PACKAGE), application, subpackage));
    }

    private static String packageOf(@Nullable String given, @Nullable Class<?> application, String subpackage) {
        if (given != null) {
            if (!given.matches("[a-z_][a-zA-Z0-9_]*(\\.[a-z_][a-zA-Z0-9_]*)*")) {
                throw new CommandException(
                        ExitCode.WRONG_USE, "'" + given + "' is no name of a package, such as com.example.migrations.");
            }
            return given;
        }
        if (application == null || application.getPackageName().isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "The application's package cannot be found out: name that of the " + subpackage + " with " + PACKAGE
                            + ".");
        }
        return application.getPackageName() + "." + subpackage;
    }

    /** Tells whether the build names what a test needs; one that inherits everything may not, and needs nothing. */
    boolean hasTestDependencies() {
        return BUILD_FILES.stream()
                .map(directory::resolve)
                .filter(Files::isRegularFile)
                .anyMatch(file -> {
                    try {
                        String build = Files.readString(file);
                        return build.contains("-test") || build.contains("junit");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    Path mainSources() {
        return packageIn("src/main/java");
    }

    Path testSources() {
        return packageIn("src/test/java");
    }

    Path resource(String name) {
        return directory.resolve("src/main/resources").resolve(name);
    }

    private Path packageIn(String root) {
        return directory.resolve(root).resolve(basePackage.replace('.', '/'));
    }

    /** Writes a file that is not there yet. */
    static void create(Path file, String content) {
        write(file, content, StandardOpenOption.CREATE_NEW);
    }

    static void replace(Path file, String content) {
        write(file, content, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void write(Path file, String content, StandardOpenOption... options) {
        try {
            Files.createDirectories(file.getParent());
            StandardOpenOption[] all = Arrays.copyOf(options, options.length + 1);
            all[options.length] = StandardOpenOption.WRITE;
            Files.writeString(file, content, StandardCharsets.UTF_8, all);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCode.REFUSED, file + " is there already, and is not overwritten.");
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, "Cannot write " + file + ": " + e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
