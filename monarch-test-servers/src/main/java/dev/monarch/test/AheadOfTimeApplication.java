package dev.monarch.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * An application of Spring Boot, built with ahead-of-time processing: what the goal {@code process-aot} of Spring Boot's Maven
 * plugin does.
 */
public final class AheadOfTimeApplication {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Class<?> main;

    private final Path folder;

    private final List<String> classPath;

    private final List<String> options;

    private AheadOfTimeApplication(Class<?> main, Path folder, List<String> classPath, List<String> options) {
        this.main = main;
        this.folder = folder;
        this.classPath = new ArrayList<>(classPath);
        this.options = List.copyOf(options);
    }

    /**
     * Builds it.
     *
     * @param main the class with the method {@code main}
     * @param folder an empty folder for what is generated
     * @param classPath the class path of the application
     * @param options more options of its JVM
     * @param arguments the arguments of the application at build time
     * @return the built application
     * @throws IOException if the files cannot be written
     */
    public static AheadOfTimeApplication build(
            Class<?> main, Path folder, List<String> classPath, List<String> options, String... arguments)
            throws IOException {
        AheadOfTimeApplication application = new AheadOfTimeApplication(main, folder, classPath, options);
        application.process(arguments);
        // Last: a class archive is used only if the class path begins as it did when the archive was written.
        application.classPath.add(application.path("classes"));
        application.classPath.add(application.path("resources"));
        application.compile();
        return application;
    }

    private void process(String... arguments) {
        List<String> command = java("org.springframework.boot.SpringApplicationAotProcessor", main.getName());
        Stream.of("sources", "resources", "classes").map(this::path).forEach(command::add);
        command.addAll(List.of("com.example", "application"));
        command.addAll(List.of(arguments));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            require(process.awaitExit(PATIENCE) == 0, String.join("\n", process.lines()));
        }
    }

    private void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-parameters",
                "-d",
                path("classes"),
                "-cp",
                String.join(File.pathSeparator, classPath)));
        try (Stream<Path> sources = Files.walk(folder.resolve("sources"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int exit = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        require(exit == 0, "the generated sources do not compile");
    }

    /** {@return the command line, which needs only the application's arguments} */
    public List<String> command() {
        return java("-Dspring.aot.enabled=true", main.getName());
    }

    private List<String> java(String... words) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(options);
        command.addAll(List.of("-Xmx256m", "-cp", String.join(File.pathSeparator, classPath)));
        command.addAll(List.of(words));
        return command;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static void require(boolean done, String otherwise) {
        if (!done) {
            throw new AssertionError(otherwise);
        }
    }
}
