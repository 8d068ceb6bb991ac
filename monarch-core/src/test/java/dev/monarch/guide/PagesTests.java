package dev.monarch.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the links of every page, and the length of the README. */
class PagesTests {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    private static final Pattern TITLE = Pattern.compile("(?m)^#+ (.*)$");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> guides = Files.list(Path.of("../docs"))) {
            return Stream.concat(
                    Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Path.of("..")::resolve),
                    guides.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAnExistingPageAndTitle(Path page) throws IOException {
        for (MatchResult link : results(LINK, withoutCode(page))) {
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as(link.group()).contains(link.group(2));
            }
        }
    }

    @Test
    void theIndexLinksEveryPage() throws IOException {
        String index = Files.readString(Path.of("../docs/README.md"));
        assertThat(pages().map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                .allSatisfy(name -> assertThat(index).contains(name + ")"));
    }

    @Test
    void theReadmeHasAtMost350WordsBeforeMore() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        assertThat(readme.substring(0, readme.indexOf("\n## More\n")).split("\\s+"))
                .hasSizeLessThanOrEqualTo(350);
    }

    private static List<String> anchors(Path page) throws IOException {
        return results(TITLE, withoutCode(page)).stream()
                .map(title -> title.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String withoutCode(Path page) throws IOException {
        return Files.readString(page).replaceAll("(?ms)^```.*?^```$", "");
    }

    private static List<MatchResult> results(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }
}
