package dev.monarch.sample.packaged;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.monarch.test.TestProcess;

/**
 * The packaged application as for production: extracted, with a class data archive (Spring Boot reference, "Efficient
 * Deployments"). It starts in half the time, and the tests start it about eighty times.
 */
final class ExtractedKennel {

    private static final class Shared {

        static final List<String> COMMAND = extract();
    }

    private ExtractedKennel() {}

    /** Returns the command line, which needs only the application's arguments. */
    static List<String> command() {
        return Shared.COMMAND;
    }

    private static List<String> extract() {
        // Each process of tests has its own: another one must not rewrite an archive that is in use.
        Path folder =
                Kennel.JAR.resolveSibling("extracted-" + ProcessHandle.current().pid());
        Path jar = folder.resolve(Kennel.JAR.getFileName());
        Path classes = folder.resolve("classes.jsa");
        if (!Files.exists(jar)) {
            run(List.of(
                    "-Djarmode=tools", "-jar", Kennel.JAR.toString(), "extract", "--destination", folder.toString()));
        }
        // A command that reaches no server still loads most classes. Its exit code does not matter.
        run(List.of(
                "-XX:ArchiveClassesAtExit=" + classes,
                "-jar",
                jar.toString(),
                "--spring.mongodb.uri=mongodb://127.0.0.1:1/kennel?serverSelectionTimeoutMS=10",
                "monarch",
                "status"));
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of("-Xmx128m", "-XX:SharedArchiveFile=" + classes, "-jar", jar.toString()));
        return List.copyOf(command);
    }

    private static void run(List<String> arguments) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(arguments);
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            process.awaitExit(Kennel.PATIENCE);
        }
    }
}
