package dev.monarch.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.mongodb.client.MongoCollection;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows "Your first migration" of docs/migrations.md literally: an empty Spring Boot application, its two
 * blocks, a build against the installed starter, and a start. Then it takes a backup and restores it.
 *
 * <p>Each supported version of Spring Boot comes with its own Spring Data and its own driver. Their applications run at the same
 * time.
 */
@MongoTest
@Execution(ExecutionMode.CONCURRENT)
class FreshApplicationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Path GUIDE = Path.of("../docs/migrations.md");

    static List<String> supported() {
        return List.of(System.getProperty("spring-boot.version"), System.getProperty("spring-boot-oldest.version"));
    }

    @ParameterizedTest
    @MethodSource("supported")
    void theTwoStepsOfTheGuideMakeAMigrationThatRuns(String springBoot, TestMongo mongo) throws IOException {
        Path project = build(springBoot);

        List<String> first = run(project, mongo);
        List<String> second = run(project, mongo);

        assertThat(first)
                .anySatisfy(line -> assertThat(line).contains("Migration '202611201030-unique-email' applied in"));
        assertThat(second).anySatisfy(line -> assertThat(line).contains("nothing pending, 1 applied"));
        assertThat(mongo.database().getCollection("users").listIndexes().into(new ArrayList<>()))
                .extracting(index -> index.get("key"))
                .contains(new Document("email", 1));
        aBackupIsListedAndRestored(project, mongo);
    }

    @Test
    void springBoot3IsRefusedWithAnExplanation(TestMongo mongo) throws IOException {
        String springBoot = System.getProperty("spring-boot-unsupported.version");
        Path project = build(springBoot);

        try (TestProcess application = start(project, mongo)) {
            assertThat(application.awaitExit(PATIENCE)).isEqualTo(1);
            assertThat(application.lines())
                    .containsSubsequence(
                            "APPLICATION FAILED TO START",
                            "Monarch does not support Spring Boot " + springBoot
                                    + ". It needs Spring Boot 4.0 or later.",
                            "Update the application to Spring Boot 4.0 or later, or remove the dependency"
                                    + " dev.monarch:monarch-spring-boot-starter.")
                    .noneMatch(line -> line.contains("NoClassDefFoundError"));
        }
    }

    @Test
    void theReadmeShowsTheSameTwoSteps() throws IOException {
        assertThat(Files.readString(Path.of("../README.md")))
                .contains(block("xml"))
                .contains(block("java"));
    }

    private static void aBackupIsListedAndRestored(Path project, TestMongo mongo) {
        MongoCollection<Document> users = mongo.database().getCollection("users");
        users.insertOne(new Document("email", "ada@example.com"));

        List<String> taken = run(project, mongo, "monarch", "backup", "--name", "first");
        users.deleteMany(new Document());
        List<String> listed = run(project, mongo, "monarch", "list-backups");
        String backup = String.join("\n", taken).replaceFirst("(?s).*Backed up 'default' as (\\S+?)[.,: ]*\\s.*", "$1");
        List<String> restored = run(project, mongo, "monarch", "restore", backup + ":default", "--yes");

        assertThat(listed).anySatisfy(line -> assertThat(line).contains(backup, "default"));
        assertThat(restored).anySatisfy(line -> assertThat(line).contains("Restored", backup));
        assertThat(users.find()).extracting(user -> user.get("email")).containsExactly("ada@example.com");
    }

    private static Path build(String springBoot) throws IOException {
        Path project = Path.of("target/fresh-application", springBoot).toAbsolutePath();
        Path sources = Files.createDirectories(project.resolve("src/main/java/com/example/demo"));
        Files.writeString(sources.resolve("DemoApplication.java"), """
                package com.example.demo;

                import org.springframework.boot.SpringApplication;
                import org.springframework.boot.autoconfigure.SpringBootApplication;

                @SpringBootApplication
                public class DemoApplication {

                    public static void main(String[] args) {
                        SpringApplication.run(DemoApplication.class, args);
                    }
                }
                """);
        // Step 1 and step 2 of the guide.
        Files.writeString(project.resolve("pom.xml"), pom(springBoot, block("xml")));
        Files.writeString(sources.resolve("UniqueEmail.java"), block("java"));
        Files.writeString(project.resolve("settings.xml"), settings());
        build(project);
        return project;
    }

    /** One after another, because the builds share a local repository. */
    private static synchronized void build(Path project) {
        String repository = Path.of("target/installed").toAbsolutePath().toString();
        List<String> command = List.of(
                maven(),
                "-B",
                "-q",
                "-f",
                project.resolve("pom.xml").toString(),
                "-s",
                project.resolve("settings.xml").toString(),
                "-Dmaven.repo.local=" + repository,
                "package");
        // The agents and options of the build that runs this test are not those of a stranger's.
        try (TestProcess maven = TestProcess.start(Map.of("MAVEN_OPTS", "-Xmx256m", "MAVEN_ARGS", ""), command)) {
            assertThat(maven.awaitExit(PATIENCE))
                    .as(() -> String.join("\n", maven.lines()))
                    .isZero();
        }
    }

    private static List<String> run(Path project, TestMongo mongo, String... arguments) {
        try (TestProcess application = start(project, mongo, arguments)) {
            assertThat(application.awaitExit(PATIENCE))
                    .as(() -> String.join("\n", application.lines()))
                    .isZero();
            return application.lines();
        }
    }

    private static TestProcess start(Path project, TestMongo mongo, String... arguments) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of(
                "-jar",
                project.resolve("target/demo-0.0.1-SNAPSHOT.jar").toString(),
                "--spring.mongodb.uri=" + mongo.uri(),
                "--monarch.backups.local.directory=" + project.resolve("backups")));
        command.addAll(List.of(arguments));
        return TestProcess.start(Map.of(), command);
    }

    private static String maven() {
        return System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
    }

    /** The first block of a language in the guide. */
    private static String block(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String pom(String springBoot, String dependency) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-starter-parent</artifactId>
                    <version>%s</version>
                    <relativePath/>
                  </parent>
                  <groupId>com.example</groupId>
                  <artifactId>demo</artifactId>
                  <version>0.0.1-SNAPSHOT</version>
                  <properties>
                    <java.version>17</java.version>
                  </properties>
                  <dependencies>
                    %s
                  </dependencies>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>org.springframework.boot</groupId>
                        <artifactId>spring-boot-maven-plugin</artifactId>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(springBoot, dependency);
    }

    /** What the build around this test has downloaded need not be downloaded again. */
    private static String settings() {
        String cache = Path.of(System.getProperty("maven.repository")).toUri().toString();
        return """
                <settings>
                  <profiles>
                    <profile>
                      <id>cache</id>
                      <repositories>
                        <repository><id>cache</id><url>%1$s</url></repository>
                      </repositories>
                      <pluginRepositories>
                        <pluginRepository><id>cache</id><url>%1$s</url></pluginRepository>
                      </pluginRepositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>cache</activeProfile></activeProfiles>
                </settings>
                """.formatted(cache);
    }
}
