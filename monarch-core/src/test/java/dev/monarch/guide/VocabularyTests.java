package dev.monarch.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks pages, comments and texts for words that are hard to understand. */
class VocabularyTests {

    /** Words that must not be used, and the words to use. */
    private static final Map<Pattern, String> FORBIDDEN = forbidden();

    /** A comment, or a text. Texts that are joined by {@code +} are one match. */
    private static final Pattern PROSE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*(?:\\n\\s*//[^\\n]*)*|\"\"\".*?\"\"\""
                    + "|'(?:[^'\\\\\\n]|\\\\.)+'"
                    + "|\"(?:[^\"\\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\")*",
            Pattern.DOTALL);

    private static Map<Pattern, String> forbidden() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("can be had|(?:is|are|was|were|be) had", "available");
        words.put("nobody|somebody|everybody|whoever|for who", "no one, another process, the caller");
        words.put("by (?:itself|themselves)", "separately, automatically");
        words.put("by its name alone", "only by name");
        words.put("wants", "needs, requires");
        words.put("stands? in the way", "prevents");
        words.put("lacks the room", "there is not enough space");
        words.put("(?:take|takes|taken|took|taking) (?:it |them )?back", "rolled back");
        words.put("that matters", "production");
        words.put("forced to (?:the )?disk", "fsynced");
        words.put("bears?", "has");
        words.put("at one time", "at one point in time");
        words.put("means? what (?:it|they) means?", "follows the semantics of");
        words.put("each once", "exactly once");
        words.put("a person must|wants a person", "manual intervention required");
        words.put("runs? out|ran out", "expires");
        words.put("told at once", "reported together");
        words.put("holds (?:a part|no)", "is incomplete, has no");
        words.put("stands? (?:for|beside|behind)", "means, represents");
        words.put("beside|besides", "next to, in addition to");
        words.put("as things are|what is so|in good order|in vain|spoken of|anew|gone on with", "plain words");
        words.put("//\\s*//", "one comment sign");
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        words.forEach((word, better) -> patterns.put(
                Pattern.compile("(?<![\\w-])(?:" + word + ")(?![\\w-])", Pattern.CASE_INSENSITIVE), better));
        return patterns;
    }

    @Test
    void pagesUseTheWordsOfTheField() throws IOException {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> pages = PagesTests.pages()) {
            for (Path page : pages.toList()) {
                problems.addAll(problems(page, joined(Files.readString(page))));
            }
        }
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main", "../monarch-spring-boot-starter/src/main", "../monarch-test/src/main"})
    void commentsAndTextsUseTheWordsOfTheField(Path folder) throws IOException {
        List<String> problems = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files++;
                for (String prose : prose(file)) {
                    problems.addAll(problems(file, prose));
                }
            }
        }
        assertThat(files).isGreaterThan(10);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// Nobody holds it.",
                "/** The change is taken\n     * back. */",
                "// The change is taken\n// back.",
                "log.info(\"The lease \" + \"runs out\");",
                "text(\"a \\\" that stands \"\n    + \"in the way\")",
                "String block = \"\"\"\n    at one\n    time\n    \"\"\";",
                "//" + " // twice"
            })
    void aForbiddenWordIsFoundInCode(String code) {
        assertThat(proseOf(code).stream().flatMap(prose -> problems(Path.of("x"), prose).stream()))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "Object nobody = null;",
        "// The backup takes a minute.",
        "// It is rolled back.",
        "char quote = '\"'; int wants = 1; // \"",
        "String uri = \"mongodb://host\";"
    })
    void otherCodeIsNotReported(String code) {
        assertThat(proseOf(code).stream().flatMap(prose -> problems(Path.of("x"), prose).stream()))
                .isEmpty();
    }

    private static List<String> prose(Path file) throws IOException {
        String text = Files.readString(file);
        return file.toString().endsWith(".java") ? proseOf(text) : List.of(joined(text));
    }

    private static List<String> proseOf(String code) {
        return PROSE.matcher(code)
                .results()
                .map(match -> joined(match.group().replaceAll("\"\\s*\\+\\s*\"", "")))
                .toList();
    }

    /** Joins lines, so that words are found across their ends. */
    private static String joined(String text) {
        return text.replaceAll("\\s*\\n\\s*(?:\\*(?!/)|//|#)?\\s*", " ");
    }

    private static List<String> problems(Path file, String prose) {
        List<String> problems = new ArrayList<>();
        FORBIDDEN.forEach((word, better) -> {
            Matcher matcher = word.matcher(prose);
            while (matcher.find()) {
                String around = prose.substring(
                        Math.max(0, matcher.start() - 50), Math.min(prose.length(), matcher.end() + 30));
                problems.add(
                        file.getFileName() + ": \"" + matcher.group() + "\" (write: " + better + ") in: " + around);
            }
        });
        return problems;
    }
}
