package dev.monarch.sample.packaged;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.monarch.test.TestProcess;

/**
 * The packaged application as for production: extracted, with class archives. It starts in half the time, and the tests
 * start it about eighty times. The build makes it and the archive of its commands before the tests, as its profile {@code
 * class-archive} does without them.
 */
final class ExtractedKennel {

    private static final Path JAR = Kennel.JAR.resolveSibling("extracted").resolve(Kennel.JAR.getFileName());

    private ExtractedKennel() {}

    /** Returns the extracted jar, which has its libraries next to it. */
    static Path jar() {
        return JAR;
    }

    /** Returns the archive of the classes that a command needs. */
    static Path archive() {
        return JAR.resolveSibling("classes.jsa");
    }

    /** Returns the command line of a command, which needs only the application's arguments. */
    static List<String> command() {
        return List.copyOf(plainCommand(archived(archive()), "-jar", JAR.toString()));
    }

    /** Returns the command line of an application that serves requests, which needs only its arguments. */
    static List<String> application() {
        return application("-jar", JAR.toString());
    }

    /**
     * Returns the command line of the packaged application with more classes, which needs only the application's arguments.
     *
     * @param main a class of the tests with the method {@code main}, which is added with its nested classes
     * @param folder an empty folder for them
     */
    static List<String> application(Class<?> main, Path folder) {
        copyClasses(main, folder);
        return application("-cp", JAR + File.pathSeparator + folder, main.getName());
    }

    /** Returns a command line with the archive of its classes. A class path must begin with the jar. */
    static List<String> application(String... words) {
        List<String> command = plainCommand(archived(ApplicationArchive.file()));
        command.addAll(List.of(words));
        return List.copyOf(command);
    }

    /** Returns the option of a JVM that uses an archive. */
    static String archived(Path archive) {
        return "-XX:SharedArchiveFile=" + archive;
    }

    /** Returns a modifiable command line without the archive. */
    static List<String> plainCommand(String... words) {
        List<String> command = TestProcess.javaCommand();
        command.add("-Xmx128m");
        command.addAll(List.of(words));
        return command;
    }

    /** Copies a class of the tests and its nested classes, so that the application has none of the others. */
    static void copyClasses(Class<?> main, Path folder) {
        String own = main.getSimpleName();
        URL location = Objects.requireNonNull(main.getResource(own + ".class"));
        Path classes = Objects.requireNonNull(Path.of(location.getPath()).getParent());
        try {
            Path copies =
                    Files.createDirectories(folder.resolve(main.getPackageName().replace('.', '/')));
            for (Path file : classesOf(own, classes)) {
                Files.copy(file, copies.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> classesOf(String own, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(own + "(\\$.*)?\\.class"))
                    .toList();
        }
    }
}
