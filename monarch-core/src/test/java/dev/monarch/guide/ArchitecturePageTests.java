package dev.monarch.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the packages and classes in docs/architecture.md exist, and that the code cites existing decisions. */
class ArchitecturePageTests {

    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES =
            List.of("monarch-core", "monarch-spring-boot-starter", "monarch-test", "monarch-rewrite");

    private static final Pattern NAME = Pattern.compile("`@?([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.(\\w+))?`");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dev\\.monarch[a-z0-9.]*)` \\|");

    private static final Pattern OTHER_NUMBERS = Pattern.compile("\\bD[0-9]{1,2}\\b");

    private static final Pattern CITED = Pattern.compile("docs/architecture\\.md#([a-z0-9-]+)");

    private final String page = read(ROOT.resolve("docs/architecture.md"));

    private final Map<String, String> classes = classes();

    private static Map<String, String> classes() {
        Map<String, String> classes = new HashMap<>();
        sources(MODULES.stream().map(module -> ROOT.resolve(module).resolve("src")))
                .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), read(file)));
        return classes;
    }

    private static List<Path> sources(Stream<Path> folders) {
        return folders.flatMap(ArchitecturePageTests::files)
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyClassOnThePageExists() {
        Set<String> named = new TreeSet<>();
        NAME.matcher(page).results().forEach(name -> {
            named.add(name.group(1));
            assertThat(classes).as(name.group()).containsKey(name.group(1));
            if (name.group(2) != null) {
                assertThat(classes.get(name.group(1))).as(name.group()).contains(" " + name.group(2) + "(");
            }
        });
        assertThat(named).hasSizeGreaterThan(50);
    }

    @Test
    void theTableHasExactlyThePackages() {
        Set<String> packages = new TreeSet<>();
        Pattern declared = Pattern.compile("(?m)^package ([a-z0-9.]+);");
        sources(MODULES.stream().map(module -> ROOT.resolve(module).resolve("src/main/java")))
                .forEach(file -> declared.matcher(read(file)).results().forEach(name -> packages.add(name.group(1))));
        assertThat(ROW.matcher(page).results().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(packages);
    }

    @Test
    void codeCitesDecisionsByTheAnchorsOfThePage() {
        Set<String> anchors = Pattern.compile("(?m)^### (.*)$")
                .matcher(page)
                .results()
                .map(title ->
                        title.group(1).toLowerCase(Locale.ROOT).replace("'", "").replace(' ', '-'))
                .collect(Collectors.toSet());
        for (Path file : sources(everyModule())) {
            String code = read(file);
            if (!file.endsWith("ArchitecturePageTests.java")) {
                assertThat(OTHER_NUMBERS.matcher(code).results().map(number -> number.group()))
                        .as("numbers of decisions in " + file)
                        .isEmpty();
            }
            assertThat(anchors)
                    .as("anchors that %s cites", file)
                    .containsAll(CITED.matcher(code)
                            .results()
                            .map(cited -> cited.group(1))
                            .toList());
        }
    }

    private static Stream<Path> everyModule() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders
                    .filter(folder -> folder.getFileName().toString().startsWith("monarch-"))
                    .map(folder -> folder.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
