package com.example.kennel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Runs the tests that docs/testing.md shows, and the one that {@code monarch generate} writes. */
@MongoTest
class TestingPageTests {

    private static final Path PAGE = Path.of("../docs/testing.md");

    @TempDir
    private Path folder;

    @Test
    void theTestsOnThePagePass(TestMongo mongo) throws Exception {
        Kennels.backUp(mongo, folder);

        List<String> blocks = blocks();
        assertThat(blocks).hasSize(2);
        for (String block : blocks) {
            CompiledTest.run(CompiledTest.compile(block, folder), Kennels.properties(mongo, folder));
        }
    }

    @Test
    void theGeneratedTestFailsUntilItIsFilledIn(TestMongo mongo) throws Exception {
        String generated = generated();
        Map<String, String> properties = Kennels.properties(mongo, folder);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> CompiledTest.run(CompiledTest.compile(generated, folder), properties))
                .withMessage("write the test of 1-unique-name");

        String filledIn = generated
                .replaceFirst("(?m)^ +fail\\(.*\n", "")
                .replaceFirst("import static .*fail;\n", "")
                .replaceAll("(?m)^ +//(?: (?!Show)|$)", "");
        CompiledTest.run(CompiledTest.compile(filledIn, folder), properties);
    }

    private static List<String> blocks() throws IOException {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The template of the starter, filled in as the command does it. */
    private static String generated() throws IOException {
        Map<String, String> values = Map.of(
                "package", "com.example.kennel", "class", "UniqueName", "id", "1-unique-name", "name", "unique-name");
        try (InputStream template = Objects.requireNonNull(TestingPageTests.class.getResourceAsStream(
                "/dev/monarch/spring/boot/command/migration-test.java.template"))) {
            return Pattern.compile("\\$\\{(\\w+)}")
                    .matcher(new String(template.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll(name -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(name.group(1)))))
                    .replace("users", "dogs")
                    .replace("email", "name");
        }
    }
}
