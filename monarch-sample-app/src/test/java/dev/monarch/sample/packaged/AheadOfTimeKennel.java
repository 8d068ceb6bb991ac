package dev.monarch.sample.packaged;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import dev.monarch.test.TestProcess;

/**
 * The packaged application, built with ahead-of-time processing: what the goal {@code process-aot} of Spring Boot's Maven
 * plugin does, on the extracted jar.
 */
final class AheadOfTimeKennel {

    private final Path folder;

    private final List<String> classPath = new ArrayList<>();

    private AheadOfTimeKennel(Path folder) {
        this.folder = folder;
    }

    /**
     * Builds it.
     *
     * @param arguments the arguments of the application at build time
     */
    static AheadOfTimeKennel build(Path folder, String... arguments) throws IOException {
        AheadOfTimeKennel kennel = new AheadOfTimeKennel(folder);
        kennel.process(arguments);
        kennel.compile();
        return kennel;
    }

    private void process(String... arguments) throws IOException {
        copyMainClass();
        Path extracted = ExtractedKennel.jar();
        classPath.add(folder.resolve("main").toString());
        classPath.add(extracted.toString());
        try (Stream<Path> libraries = Files.list(extracted.resolveSibling("lib"))) {
            libraries.map(Path::toString).forEach(classPath::add);
        }
        List<String> command = java("org.springframework.boot.SpringApplicationAotProcessor");
        command.add(HookedKennel.class.getName());
        Stream.of("sources", "resources", "classes").map(this::path).forEach(command::add);
        command.addAll(List.of("dev.monarch", "kennel"));
        command.addAll(List.of(arguments));
        try (TestProcess process = TestProcess.start(Map.of(), command)) {
            require(process.awaitExit(Kennel.PATIENCE) == 0, String.join("\n", process.lines()));
        }
        // Before what it replaces.
        classPath.add(0, path("resources"));
        classPath.add(0, path("classes"));
    }

    /** Only this class, so that the application has none of the tests. */
    private void copyMainClass() throws IOException {
        for (String name : List.of("HookedKennel", "HookedKennel$1")) {
            String file = HookedKennel.class.getPackageName().replace('.', '/') + "/" + name + ".class";
            Path copy = folder.resolve("main").resolve(file);
            Files.createDirectories(copy.getParent());
            try (var in =
                    Objects.requireNonNull(HookedKennel.class.getClassLoader().getResourceAsStream(file))) {
                Files.copy(in, copy);
            }
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

    /** Returns the command line, which needs only the application's arguments. */
    List<String> command() {
        return java("-Dspring.aot.enabled=true", HookedKennel.class.getName());
    }

    private List<String> java(String... words) {
        List<String> command = TestProcess.javaCommand();
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
