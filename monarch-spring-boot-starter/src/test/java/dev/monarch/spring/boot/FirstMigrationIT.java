package dev.monarch.spring.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows "Your first migration" of docs/migrations.md literally: an empty Spring Boot application, its two
 * blocks, a build against the installed starter, and a start.
 */
@MongoTest
class FirstMigrationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Path GUIDE = Path.of("../docs/migrations.md");

    private final Path project = Path.of("target/first-migration").toAbsolutePath();

    @BeforeEach
    void makeAnEmptyApplication() throws IOException {
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
        Files.writeString(project.resolve("pom.xml"), pom(block("xml")));
        Files.writeString(sources.resolve("UniqueEmail.java"), block("java"));
        Files.writeString(project.resolve("settings.xml"), settings());
    }

    @Test
    void theTwoStepsOfTheGuideMakeAMigrationThatRuns(TestMongo mongo) {
        build();

        List<String> first = run(mongo);
        List<String> second = run(mongo);

        assertThat(first)
                .anySatisfy(line -> assertThat(line).contains("Migration '202611201030-unique-email' applied in"));
        assertThat(second).anySatisfy(line -> assertThat(line).contains("nothing pending, 1 applied"));
        assertThat(mongo.database().getCollection("users").listIndexes().into(new ArrayList<>()))
                .extracting(index -> index.get("key"))
                .contains(new Document("email", 1));
    }

    @Test
    void theReadmeShowsTheSameTwoSteps() throws IOException {
        assertThat(Files.readString(Path.of("../README.md")))
                .contains(block("xml"))
                .contains(block("java"));
    }

    private void build() {
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

    private List<String> run(TestMongo mongo) {
        List<String> command = TestProcess.javaCommand();
        command.addAll(List.of(
                "-jar",
                project.resolve("target/demo-0.0.1-SNAPSHOT.jar").toString(),
                "--spring.mongodb.uri=" + mongo.uri()));
        try (TestProcess application = TestProcess.start(Map.of(), command)) {
            assertThat(application.awaitExit(PATIENCE))
                    .as(() -> String.join("\n", application.lines()))
                    .isZero();
            return application.lines();
        }
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

    private static String pom(String dependency) {
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
                """.formatted(System.getProperty("spring-boot.version"), dependency);
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
