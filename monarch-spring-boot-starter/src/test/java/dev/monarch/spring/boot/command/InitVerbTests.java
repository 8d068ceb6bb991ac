package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that init writes, and files that it does not change. */
class InitVerbTests {

    @TempDir
    private Path project;

    private TestProject tested;

    @BeforeEach
    void aProject() throws IOException {
        tested = new TestProject(project);
    }

    @Test
    void initPreparesAProject() throws IOException {
        Result result = tested.run("init");
        assertThat(result.exit()).isZero();
        assertThat(tested.files())
                .containsExactlyInAnyOrder(
                        "pom.xml",
                        "src/main/resources/application.yml",
                        "src/main/resources/monarch.yml",
                        TestProject.MIGRATIONS + "/package-info.java");
        assertThat(Files.readAllLines(project.resolve("src/main/resources/monarch.yml")))
                .allMatch(line -> line.isEmpty() || line.startsWith("#"));
        assertThat(tested.compile(TestProject.MIGRATIONS.resolve("package-info.java")))
                .isZero();
    }

    @Test
    void initDoesNotChangeExistingFiles() throws IOException {
        Path resources = Files.createDirectories(project.resolve("src/main/resources"));
        Files.writeString(resources.resolve("application.properties"), "a=b\n");
        Result first = tested.run("init");
        assertThat(first.out())
                .contains("Add this line to the application's configuration, which is unchanged:\n"
                        + "  spring.config.import: optional:classpath:monarch.yml\n");
        assertThat(resources.resolve("application.properties")).hasContent("a=b");
        Files.writeString(resources.resolve("monarch.yml"), "mine: true\n");
        Result again = tested.run("init");
        assertThat(again.exit()).isEqualTo(3);
        assertThat(again.err())
                .isEqualTo(resources.resolve("monarch.yml") + " exists already and is not overwritten.\n");
        assertThat(TestProject.commands()
                        .typing("n")
                        .run("init", "--directory", project.toString())
                        .exit())
                .isEqualTo(3);
        assertThat(resources.resolve("monarch.yml")).hasContent("mine: true");
        assertThat(TestProject.commands()
                        .typing("y")
                        .run("init", "--directory", project.toString())
                        .exit())
                .isZero();
        assertThat(Files.readString(resources.resolve("monarch.yml"))).startsWith("# Monarch");
        Files.writeString(resources.resolve("monarch.yml"), "mine: true\n");
        assertThat(tested.run("init", "--overwrite").exit()).isZero();
        assertThat(Files.readString(resources.resolve("monarch.yml"))).startsWith("# Monarch");
    }
}
