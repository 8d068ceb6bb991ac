package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import dev.monarch.spring.boot.command.Commands.Result;

/** A Maven project for verbs that write files. */
final class TestProject {

    static final Path MIGRATIONS = Path.of("src/main/java/dev/monarch/spring/boot/command/shelter/migrations");

    private final Path project;

    TestProject(Path project) throws IOException {
        this.project = project;
        Files.writeString(project.resolve("pom.xml"), "<project/>");
    }

    /** There is no database: a context that uses one fails. */
    static Commands commands() {
        return new Commands().with("--spring.mongodb.uri=nonsense");
    }

    Result run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--directory", project.toString()));
        return commands().run(all.toArray(String[]::new));
    }

    int compile(Path... files) {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", project.resolve("classes").toString()));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
        Stream.of(files).map(file -> project.resolve(file).toString()).forEach(arguments::add);
        return ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), System.err, arguments.toArray(String[]::new));
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> project.relativize(file).toString())
                    .toList();
        }
    }
}
