package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that generate-query-set writes, and refusals. */
class GenerateQuerySetVerbTests {

    private static final Path QUERY_SETS = TestProject.MIGRATIONS.resolveSibling("querysets");

    @TempDir
    private Path project;

    private TestProject tested;

    @BeforeEach
    void aProject() throws IOException {
        tested = new TestProject(project);
    }

    @Test
    void aQuerySetThatCompilesIsWritten() throws IOException {
        Result result = tested.run("generate-query-set", "awesome-dogs", "--output", "json");

        assertThat(result.exit()).as(result.err()).isZero();
        Path file = project.resolve(QUERY_SETS).resolve("AwesomeDogs.java");
        assertThat(result.json()).containsEntry("name", "AwesomeDogs").containsEntry("files", List.of(file.toString()));
        assertThat(Files.readString(file))
                .contains("class AwesomeDogs implements QuerySet")
                .doesNotContain("${");
        assertThat(tested.compile(QUERY_SETS.resolve("AwesomeDogs.java"))).isZero();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        tested.run("generate-query-set", "dogs");
        Path file = project.resolve(QUERY_SETS).resolve("Dogs.java");
        Files.writeString(file, "mine");

        Result again = tested.run("generate-query-set", "dogs");

        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.err()).isEqualTo(file + " exists already and is not overwritten.\n");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aNameThatHidesAnImportedClassIsRefused() {
        Result result = tested.run("generate-query-set", "query-set");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("'query-set' is not a valid name of a query set: the class QuerySet exists already. For"
                        + " example, awesome-dogs.\n");
        assertThat(project.resolve("src")).doesNotExist();
    }
}
