package dev.monarch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that the tests in docs/reliability.md exist. */
class ReliabilityGuideTests {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Tests)(?:\\.(\\w+))?`");

    private static final Map<String, Path> SOURCES = sources();

    static Stream<String> tests() throws IOException {
        return TEST.matcher(Files.readString(Path.of("../docs/reliability.md")))
                .results()
                .map(MatchResult::group)
                .distinct();
    }

    private static Map<String, Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().matches(".*/src/(test|main)/java/.*Tests\\.java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""), file -> file, (a, b) -> a));
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
            assertThat(Files.readString(SOURCES.get(test.group(1)))).contains("void " + test.group(2) + "(");
        }
    }
}
