package dev.monarch.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the tests that the guide names exist. */
class NamedTestTests {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Tests|IT))(?:\\.(\\w+))?`");

    /** By the name of the class; two modules may use the same name. */
    private static final Map<String, List<Path>> SOURCES = sources();

    static Stream<String> tests() throws IOException {
        String pages = Files.readString(Path.of("../docs/reliability.md"))
                + Files.readString(Path.of("../docs/spring-boot.md"))
                + Files.readString(Path.of("../docs/backups.md"));
        return TEST.matcher(pages).results().map(MatchResult::group).distinct();
    }

    private static Map<String, List<Path>> sources() {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().matches(".*/src/(test|main)/java/.*(Tests|IT)\\.java"))
                    .collect(Collectors.groupingBy(
                            file -> file.getFileName().toString().replace(".java", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("tests")
    void everyTestInTheGuideExists(String name) throws IOException {
        MatchResult test = TEST.matcher(name).results().findFirst().orElseThrow();
        assertThat(SOURCES).containsKey(test.group(1));
        if (test.group(2) != null) {
            StringBuilder source = new StringBuilder();
            for (Path file : SOURCES.get(test.group(1))) {
                source.append(Files.readString(file));
            }
            assertThat(source.toString()).contains("void " + test.group(2) + "(");
        }
    }
}
