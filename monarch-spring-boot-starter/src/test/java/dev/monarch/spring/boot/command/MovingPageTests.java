package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.example.kennel.UniqueEmail;
import io.mongock.driver.mongodb.sync.v4.driver.MongoSync4Driver;
import io.mongock.runner.standalone.MongockStandalone;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Follows docs/moving-from-mongock.md: Mongock itself runs the page's change unit, and then each command in its order. */
@MongoTest
class MovingPageTests {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

    private static final String TIME = "[0-9T:.-]+Z";

    @TempDir
    private Path folder;

    /** The user's application. */
    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @Test
    void everyStepWorks(TestMongo mongo) throws Exception {
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(Path.of("../docs/moving-from-mongock.md")))
                .results()
                .toList();
        List<String> java = texts(blocks, "java");
        List<String> commands = texts(blocks, "sh");
        assertThat(Path.of("src/test/java/com/example/kennel/UniqueEmail.java")).hasContent(java.get(0));
        runMongock(UniqueEmail.class, mongo);
        assertThat(indexes(mongo)).as(changeLog(mongo).toString()).contains("email_1");
        List<Document> before = changeLog(mongo);
        Class<?> migration = compiled(java.get(1));

        Result dryRun = run(commands.get(0), migration, mongo);
        assertThat(dryRun.exit()).as(dryRun.err()).isZero();
        assertThat(dryRun.out().replaceAll(TIME, "TIME"))
                .isEqualTo(texts(blocks, "text").get(0).replaceAll(TIME, "TIME"));
        assertThat(run(commands.get(3), migration, mongo).exit())
                .as("migrate before the import")
                .isEqualTo(3);

        assertThat(run(commands.get(1), migration, mongo).out())
                .contains("1 entry imported from the history of Mongock");
        assertThat(run(commands.get(2), migration, mongo).out()).contains("001-unique-email", "APPLIED");
        assertThat(run(commands.get(3), migration, mongo).out()).contains("nothing is pending");

        Path mapping = Files.writeString(
                folder.resolve("ids.txt"), texts(blocks, "text").get(1));
        assertThat(run(commands.get(4).replace("ids.txt", mapping.toString()), migration, mongo)
                        .out())
                .contains("there is nothing to import");
        assertThat(changeLog(mongo)).as("the history of Mongock").isEqualTo(before);
        assertThat(run("java -jar app.jar monarch rollback --last", migration, mongo)
                        .exit())
                .isZero();
        assertThat(indexes(mongo)).doesNotContain("email_1");
    }

    /** As an application with Mongock's standalone runner does. */
    private static void runMongock(Class<?> changeUnit, TestMongo mongo) {
        MongoSync4Driver driver = MongoSync4Driver.withDefaultLock(mongo.client(), mongo.databaseName());
        driver.disableTransaction();
        MongockStandalone.builder()
                .setDriver(driver)
                .addDependency(new MongoTemplate(mongo.client(), mongo.databaseName()))
                .addMigrationClasses(List.of(changeUnit))
                .setTransactional(false)
                .buildRunner()
                .execute();
    }

    private static Result run(String line, Class<?> migration, TestMongo mongo) {
        String words = line.strip().replaceFirst(".* monarch ", "");
        return Commands.of(mongo, Application.class, migration)
                .with("--spring.cloud.aws.s3.enabled=false")
                .run(words.split(" "));
    }

    /** The migration has the name of the change unit, which the class path has. */
    private Class<?> compiled(String code) throws IOException, ClassNotFoundException {
        Path source = Files.writeString(folder.resolve("UniqueEmail.java"), code);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-parameters", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(said.toString())
                    .isTrue();
        }
        byte[] bytes = Files.readAllBytes(folder.resolve("com/example/kennel/UniqueEmail.class"));
        return new ClassLoader(MovingPageTests.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.equals(UniqueEmail.class.getName())) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : defineClass(name, bytes, 0, bytes.length);
            }
        }.loadClass(UniqueEmail.class.getName());
    }

    private static List<String> texts(List<MatchResult> blocks, String language) {
        return blocks.stream()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static List<Document> changeLog(TestMongo mongo) {
        return mongo.database().getCollection("mongockChangeLog").find().into(new ArrayList<>());
    }

    private static List<String> indexes(TestMongo mongo) {
        return mongo.database()
                .getCollection("owners")
                .listIndexes()
                .map(index -> index.getString("name"))
                .into(new ArrayList<>());
    }
}
