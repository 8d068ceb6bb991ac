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

    /** The build ends before the second compiler and a concurrent collector pay off. */
    private static final String MAVEN_OPTIONS = "-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** A document version, and what a template reads and writes with it: the hooks are in Spring Data, which differs. */
    private static final String DOGS = """
            package com.example.demo;

            import com.mongodb.client.MongoClient;
            import com.mongodb.client.model.Filters;
            import com.mongodb.client.model.ReplaceOptions;
            import org.bson.Document;
            import org.springframework.boot.CommandLineRunner;
            import org.springframework.data.mongodb.core.MongoTemplate;
            import org.springframework.stereotype.Component;

            import dev.monarch.version.DocumentVersion;
            import dev.monarch.version.DocumentVersionChange;

            @DocumentVersion(collection = "dogs", version = 2)
            class DogsV2 implements DocumentVersionChange {

                @Override
                public void upgrade(Document dog) {
                    dog.put("weight_kg", ((Number) dog.remove("weight")).doubleValue() / 2);
                }

                @Override
                public void downgrade(Document dog) {
                    dog.put("weight", ((Number) dog.remove("weight_kg")).doubleValue() * 2);
                }
            }

            @Component
            class Weights implements CommandLineRunner {

                private final MongoTemplate template;

                private final MongoClient client;

                Weights(MongoTemplate template, MongoClient client) {
                    this.template = template;
                    this.client = client;
                }

                @Override
                public void run(String... arguments) {
                    client.getDatabase(template.getDb().getName())
                            .getCollection("dogs")
                            .replaceOne(
                                    Filters.eq("Rex"),
                                    new Document("_id", "Rex").append("weight", 20.0),
                                    new ReplaceOptions().upsert(true));
                    template.save(new Document("_id", "Luna").append("weight_kg", 5.0), "dogs");
                    for (String name : new String[] {"Rex", "Luna"}) {
                        Document dog = template.findById(name, Document.class, "dogs");
                        System.out.println(name + " weighs " + dog.get("weight_kg") + " kg");
                    }
                }
            }
            """;

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
        assertThat(first).contains("Rex weighs 10.0 kg", "Luna weighs 5.0 kg");
        // The backfill of the version may have changed the one that was written without it.
        assertThat(mongo.database().getCollection("dogs").find(new Document("_id", "Luna")))
                .singleElement()
                .satisfies(dog -> assertThat(dog).containsEntry("weight", 10.0).containsEntry("_v", 2));
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
        Files.writeString(sources.resolve("DogsV2.java"), DOGS);
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
        Map<String, String> variables = Map.of("MAVEN_OPTS", MAVEN_OPTIONS, "MAVEN_ARGS", "");
        try (TestProcess maven = TestProcess.start(variables, command)) {
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
