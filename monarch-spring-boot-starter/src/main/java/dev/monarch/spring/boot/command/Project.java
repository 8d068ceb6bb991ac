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
import picocli.CommandLine.Option;

import dev.monarch.spring.boot.advice.ExitCode;

/** The Maven or Gradle project of the working directory, or the one that the options name. */
final class Project {

    private static final List<String> BUILD_FILES = List.of("pom.xml", "build.gradle", "build.gradle.kts");

    /** The package of migrations, below the application's package. */
    static final String MIGRATIONS = "migrations";

    /** The package of query sets, below the application's package. */
    static final String QUERY_SETS = "querysets";

    @Option(names = "--directory", paramLabel = "DIR", description = "The project. Default: the working directory.")
    private Path given = Path.of("");

    @Option(
            names = "--package",
            paramLabel = "NAME",
            description =
                    "The package of the new class. Default: migrations or querysets below the application's package.")
    private @Nullable String givenPackage;

    private final ApplicationClass application;

    Project(ApplicationClass application) {
        this.application = application;
    }

    Path directory() {
        Path directory = given.toAbsolutePath().normalize();
        if (BUILD_FILES.stream().noneMatch(file -> Files.isRegularFile(directory.resolve(file)))) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    directory + " is not a project: it has no " + String.join(", ", BUILD_FILES)
                            + ". Run the command in the project's directory, or use --directory.");
        }
        requireModule(directory);
        return directory;
    }

    /** The build compiles no sources in a directory that only has modules. */
    private static void requireModule(Path directory) {
        BuildModules modules = BuildModules.in(directory);
        if (modules.root()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    directory + " is the root of a build with several modules and has no sources. Name the directory of"
                            + " a module with --directory"
                            + (modules.names().isEmpty() ? "." : ": " + String.join(", ", modules.names()) + "."));
        }
    }

    /**
     * Returns the package to write to.
     *
     * @param subpackage the default, below the application's package
     */
    String packageFor(String subpackage) {
        if (givenPackage != null) {
            if (!givenPackage.matches("[a-z_][a-zA-Z0-9_]*(\\.[a-z_][a-zA-Z0-9_]*)*")) {
                throw new CommandException(
                        ExitCode.WRONG_USE,
                        "'" + givenPackage + "' is not a valid package name, such as com.example.migrations.");
            }
            return givenPackage;
        }
        Class<?> type = application.type();
        if (type == null || type.getPackageName().isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    "Cannot determine the application's package. Set the package of the " + subpackage
                            + " with --package.");
        }
        return type.getPackageName() + "." + subpackage;
    }

    /** Whether the build declares the dependency that the test needs. A build that inherits it may not. */
    boolean hasTestStarter() {
        return BUILD_FILES.stream()
                .map(directory()::resolve)
                .filter(Files::isRegularFile)
                .anyMatch(file -> {
                    try {
                        return Files.readString(file).contains("monarch-spring-boot-starter-test");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    Path mainSources(String packageName) {
        return directory().resolve("src/main/java").resolve(packageName.replace('.', '/'));
    }

    Path testSources(String packageName) {
        return directory().resolve("src/test/java").resolve(packageName.replace('.', '/'));
    }

    Path resource(String name) {
        return directory().resolve("src/main/resources").resolve(name);
    }

    /** Writes a file that does not exist yet. */
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
            throw new CommandException(ExitCode.REFUSED, file + " exists already and is not overwritten.");
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
