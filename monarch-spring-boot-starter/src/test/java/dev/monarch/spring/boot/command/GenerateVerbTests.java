package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that generate writes, and refusals. */
class GenerateVerbTests {

    private static final Path TESTS = Path.of("src/test/java/dev/monarch/spring/boot/command/shelter/migrations");

    @TempDir
    private Path project;

    private TestProject tested;

    @BeforeEach
    void aProject() throws IOException {
        tested = new TestProject(project);
    }

    @Test
    void anExistingDependencyIsNotSuggested() throws IOException {
        Files.writeString(
                project.resolve("pom.xml"),
                "<project><artifactId>monarch-spring-boot-starter-test</artifactId></project>");
        assertThat(tested.run("generate", "UniqueEmail").out()).doesNotContain("The test needs");
    }

    @Test
    void generateWritesAMigrationThatCompilesAndItsTest() throws IOException {
        Result result = tested.run("generate", "UniqueEmail");
        assertThat(result.exit()).isZero();
        String source = Files.readString(project.resolve(TestProject.MIGRATIONS).resolve("UniqueEmail.java"));
        assertThat(source)
                .contains("package dev.monarch.spring.boot.command.shelter.migrations;", "class UniqueEmail implements")
                .containsPattern("@Migration\\(\"20\\d{12}-unique-email\"\\)")
                .doesNotContain("${");
        assertThat(result.out())
                .startsWith("Generated migration " + id(source) + ":\n")
                .contains("UniqueEmail.java\n", "UniqueEmailTests.java\n")
                .contains("The test needs the dependency"
                        + " dev.monarch:monarch-spring-boot-starter-test with the scope test");
        assertThat(tested.compile(TestProject.MIGRATIONS.resolve("UniqueEmail.java")))
                .isZero();
        assertThat(Files.readString(project.resolve(TESTS).resolve("UniqueEmailTests.java")))
                .contains("class UniqueEmailTests {", "isEqualTo(\"" + id(source) + "\")")
                .doesNotContain("${");
    }

    @Test
    void createIsAnAliasAndTheTestIsOptional() {
        Result result = tested.run("create", "dogs", "--no-test", "--package", "com.example", "--output", "json");
        assertThat(result.json().getList("files", String.class))
                .containsExactly(
                        project.resolve("src/main/java/com/example/Dogs.java").toString());
        assertThat(project.resolve("src/test")).doesNotExist();
    }

    @Test
    void migrationsOfTheSameSecondHaveDifferentIdsInOrder() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("zebra", "yak", "xerus")) {
            assertThat(tested.run("generate", name, "--no-test").exit()).isZero();
            ids.add(id(Files.readString(project.resolve(TestProject.MIGRATIONS)
                    .resolve(Character.toUpperCase(name.charAt(0)) + name.substring(1) + ".java"))));
        }
        assertThat(ids.stream().map(id -> id.substring(0, 14)))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void theRootOfABuildWithSeveralModulesIsRefused() throws IOException {
        Files.writeString(project.resolve("pom.xml"), """
                <project>
                  <packaging>pom</packaging>
                  <modules>
                    <module>kennel-app</module>
                    <!-- <module>kennel-old</module> -->
                    <module>kennel-web</module>
                  </modules>
                </project>
                """);

        Result result = tested.run("generate", "dogs");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(project + " is the root of a build with several modules and has no sources. Name the"
                        + " directory of a module with --directory: kennel-app, kennel-web.\n");
        assertThat(project.resolve("src")).doesNotExist();
    }

    @Test
    void aModuleOfABuildWithSeveralModulesIsNot() throws IOException {
        Files.writeString(project.resolve("pom.xml"), "<project><packaging>jar</packaging></project>");

        assertThat(tested.run("generate", "dogs").exit()).isZero();
    }

    @Test
    void theRootOfAGradleBuildIsRefusedUnlessItHasSources() throws IOException {
        Files.delete(project.resolve("pom.xml"));
        Files.writeString(project.resolve("build.gradle.kts"), "");
        Files.writeString(project.resolve("settings.gradle.kts"), """
                rootProject.name = "kennel"
                include("app", ":libs:dogs")
                """);

        Result refused = tested.run("generate", "dogs");
        Files.createDirectory(project.resolve("src"));
        Result generated = tested.run("generate", "dogs");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).endsWith("with --directory: app, libs/dogs.\n");
        assertThat(generated.exit()).isZero();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        tested.run("generate", "dogs", "--no-test");
        Path file = project.resolve(TestProject.MIGRATIONS).resolve("Dogs.java");
        Files.writeString(file, "mine");
        Result result = tested.run("generate", "dogs");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).isEqualTo(file + " exists already. Choose another name.\n");
        assertThat(file).hasContent("mine");
        assertThat(project.resolve("src/test")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "unique-email, unique-email, UniqueEmail",
        "unique_email, unique-email, UniqueEmail",
        "unique  email, unique-email, UniqueEmail",
        "UniqueEmail, unique-email, UniqueEmail",
        "addURLIndex2, add-url-index2, AddUrlIndex2",
        "'  Dogs ', dogs, Dogs"
    })
    void namesAreNormalised(String typed, String dashed, String className) {
        assertThat(GeneratedName.of(typed, GeneratedName.Kind.MIGRATION))
                .isEqualTo(new GeneratedName(dashed, className));
    }

    @ParameterizedTest
    @CsvSource({
        "'', it is empty",
        "../evil, 'it may contain only letters from a to z, digits, dashes, underscores and spaces'",
        "größe, 'it may contain only letters from a to z, digits, dashes, underscores and spaces'",
        "2-dogs, 'it must start with a letter, because a class gets this name'",
        "string, the class String exists already",
        "migration, the class Migration exists already"
    })
    void invalidNamesAreRefused(String typed, String problem) {
        Result result = tested.run("generate", typed);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("'" + typed + "' is not a valid name of a migration: " + problem
                        + ". For example, unique-email.\n");
        assertThat(project.resolve("src")).doesNotExist();
    }

    @Test
    void aProjectMayHaveItsOwnTemplates() throws IOException {
        template("migration.java.template", "// ${id} ${name} ${class} ${package}\n");
        tested.run("generate", "dogs");
        assertThat(Files.readString(project.resolve(TestProject.MIGRATIONS).resolve("Dogs.java")))
                .matches(
                        "// 20\\d{12}-dogs dogs Dogs dev\\.monarch\\.spring\\.boot\\.command\\.shelter\\.migrations\n");
        assertThat(project.resolve(TESTS).resolve("DogsTests.java")).exists();
    }

    @Test
    void aTemplateWithAnUnknownPlaceholderIsRefused() throws IOException {
        template("migration-test.java.template", "${author}");
        Result result = tested.run("generate", "dogs");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .endsWith("migration-test.java.template contains ${author}, but the only variables are class, id, name,"
                        + " package.\n");
        assertThat(project.resolve("src/main/java")).doesNotExist();
    }

    @Test
    void withoutAProjectNothingIsWritten() throws IOException {
        Files.delete(project.resolve("pom.xml"));
        Result result = tested.run("generate", "dogs");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith(project + " is not a project: it has no pom.xml, build.gradle");
        assertThat(tested.run("init").exit()).isEqualTo(2);
        assertThat(project).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"build.gradle", "build.gradle.kts"})
    void aGradleProjectIsSupported(String file) throws IOException {
        Files.move(project.resolve("pom.xml"), project.resolve(file));
        assertThat(tested.run("generate", "dogs").exit()).isZero();
    }

    private void template(String name, String text) throws IOException {
        Path directory = Files.createDirectories(project.resolve("src/main/monarch"));
        Files.writeString(directory.resolve(name), text);
    }

    private static String id(String source) {
        return source.replaceAll("(?s).*@Migration\\(\"([^\"]*)\"\\).*", "$1");
    }
}
