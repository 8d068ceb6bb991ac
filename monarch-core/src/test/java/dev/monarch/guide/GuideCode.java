package dev.monarch.guide;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/** The Java code of a guide. */
public final class GuideCode {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static final Pattern CLASS = Pattern.compile("^class (\\w+)", Pattern.MULTILINE);

    private GuideCode() {}

    /**
     * Compiles all blocks.
     *
     * @param guide the guide, a file in {@code docs}
     * @param folder the directory for sources and classes
     * @return the simple names of the classes
     */
    public static List<String> compile(String guide, Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        for (String block : blocks(guide)) {
            String name = className(block);
            names.add(name);
            sources.add(Files.writeString(folder.resolve(name + ".java"), block));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager fileManager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", folder.toString());
            boolean compiled = compiler.getTask(
                            said, fileManager, null, options, null, fileManager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
        return names;
    }

    private static List<String> blocks(String guide) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("../docs").resolve(guide)))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String className(String block) {
        return CLASS.matcher(block)
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
