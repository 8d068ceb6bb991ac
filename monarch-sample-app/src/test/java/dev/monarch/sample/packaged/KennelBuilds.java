package dev.monarch.sample.packaged;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Two builds of the packaged application: each is the jar with the classes of {@code src/test/kennel/version-1} or {@code
 * version-2}. Those of version 2 replace classes of the jar. One more of them is the first block of Java in {@code
 * docs/live-change.md}.
 */
final class KennelBuilds {

    private static final Path SOURCES = Path.of("src/test/kennel");

    private static final Path GUIDE = Path.of("../docs/live-change.md");

    /** It is compiled with the constants of {@code Dog}. */
    private static final Path CONTROLLER = Path.of("src/main/java/dev/monarch/sample/kennel/DogController.java");

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final String MAIN = "dev.monarch.sample.KennelApplication";

    private final Path old;

    private final Path young;

    private KennelBuilds(Path old, Path young) {
        this.old = old;
        this.young = young;
    }

    /** Compiles them. */
    static KennelBuilds compile(Path folder) throws IOException {
        Path old = Files.createDirectory(folder.resolve("version-1"));
        Path young = Files.createDirectory(folder.resolve("version-2"));
        compile(sources("version-1"), old);
        List<Path> sources = new ArrayList<>(sources("version-1"));
        sources.addAll(sources("version-2"));
        sources.add(CONTROLLER);
        sources.add(Files.writeString(folder.resolve("WeightInGrams.java"), change()));
        compile(sources, young);
        return new KennelBuilds(old, young);
    }

    /** The command line of version 1, which needs only the application's arguments. */
    List<String> old() {
        return ExtractedKennel.application("-cp", ExtractedKennel.jar() + File.pathSeparator + old, MAIN);
    }

    /** The command line of version 2. Classes before the jar make its class archive useless. */
    List<String> young() {
        return ExtractedKennel.plainCommand("-cp", young + File.pathSeparator + ExtractedKennel.jar(), MAIN);
    }

    private static String change() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static List<Path> sources(String version) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(version))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-parameters",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            if (!compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call()) {
                throw new AssertionError(said.toString());
            }
        }
    }
}
