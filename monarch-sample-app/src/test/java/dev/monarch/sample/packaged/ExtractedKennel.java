package dev.monarch.sample.packaged;

import java.nio.file.Path;
import java.util.List;

import dev.monarch.test.TestProcess;

/**
 * The packaged application as for production: extracted, with a class archive. It starts in half the time, and the tests
 * start it about eighty times. The build makes it before the tests, as its profile {@code class-archive} does without them.
 */
final class ExtractedKennel {

    private static final Path JAR = Kennel.JAR.resolveSibling("extracted").resolve(Kennel.JAR.getFileName());

    private ExtractedKennel() {}

    /** Returns the extracted jar, which has its libraries next to it. */
    static Path jar() {
        return JAR;
    }

    /** Returns the archive of its classes. */
    static Path archive() {
        return JAR.resolveSibling("classes.jsa");
    }

    /** Returns the command line, which needs only the application's arguments. */
    static List<String> command() {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-Xmx128m", "-XX:SharedArchiveFile=" + archive(), "-jar", JAR.toString()));
        return List.copyOf(command);
    }
}
