package dev.monarch.spring.boot.process;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import dev.monarch.test.TestProcess;

/** Applications of the tests in processes of their own. They start with a {@link ClassArchive}. */
public final class ApplicationProcess {

    private ApplicationProcess() {}

    /**
     * Starts an application with the class path of the tests.
     *
     * @param application its main class
     * @param arguments its arguments
     * @return the process
     */
    public static TestProcess start(Class<?> application, String... arguments) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(options());
        command.add(application.getName());
        command.addAll(List.of(arguments));
        return TestProcess.start(Map.of(), command);
    }

    /** {@return the options of a JVM that have the class path of the tests} */
    public static List<String> options() {
        return options(starter -> true, List.of());
    }

    /**
     * Returns the options of a JVM that have a class path.
     *
     * @param starters which of Spring Boot's starters remain in it
     * @param added jars to add to it
     * @return the options
     */
    public static List<String> options(Predicate<String> starters, List<File> added) {
        ClassArchive archive = ClassArchive.ofTheTests();
        return List.of("-XX:SharedArchiveFile=" + archive.file(), "-cp", classPath(archive, starters, added));
    }

    private static String classPath(ClassArchive archive, Predicate<String> starters, List<File> added) {
        List<String> jars = new ArrayList<>(archive.jars());
        archive.starters().stream().filter(starters).forEach(jars::add);
        added.stream().map(File::getPath).forEach(jars::add);
        return String.join(File.pathSeparator, jars);
    }
}
