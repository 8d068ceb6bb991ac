package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the shell blocks of the guides, as a reader would. {@code .ci/readme} runs those of the README. */
class GuidesIT {

    private static final Path README = Path.of("../README.md");

    private static final Path COMMANDS = Path.of("../docs/commands.md");

    private static final Path START = Path.of("../docs/start.md");

    private static final Path COPIES = Path.of("../docs/copies.md");

    private static final String WITH_ARCHIVE =
            "export JDK_JAVA_OPTIONS=\"$JDK_JAVA_OPTIONS -XX:SharedArchiveFile=" + ExtractedKennel.archive() + "\"\n";

    @TempDir
    private Path folder;

    @Test
    void theCommandsOfTheGuideRun() throws IOException {
        Shell.Result walked = walk(COMMANDS, "Try it with the sample application");

        assertThat(walked.out())
                .containsSubsequence(
                        "202611201040-dog-tags         PENDING",
                        "Applied 202611201040-dog-tags in",
                        "202611201040-dog-tags",
                        "202611201040-dog-tags         ROLLED BACK");
    }

    @Test
    void theSampleHasTheSettingsOfTheReadme() throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/application.yaml")))
                .contains(block(README, "Your first backup", "yaml"));
    }

    @Test
    void theClassArchiveOfTheGuideIsUsed() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createSymbolicLink(root.resolve("monarch-sample-app"), Path.of("").toAbsolutePath());
        Shell shell = new Shell(folder)
                .set("KENNEL_EMBEDDED_DIRECTORY", folder.resolve("data").toString())
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString());

        Shell.Result walked = walk(shell, root, block(START, "A class archive", "sh"));

        assertThat(walked.out()).containsSubsequence("occupancy", "PENDING", "There are no backups yet");
        String script = "java -Xlog:class+load -XX:SharedArchiveFile=target/kennel/classes.jsa"
                + " -jar target/kennel/monarch-sample-app.jar monarch --version";
        assertThat(walk(shell, root, script).out()).contains("VerbCall source: shared objects file (top)");
        // This build has run what the profile only moves to an earlier phase.
        assertThat(blocks(START, "A class archive", "sh").get(1)).contains("-Pclass-archive");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<id>class-archive</id>", "<class-archive.phase>package</class-archive.phase>");
    }

    @Test
    @MongoTest
    void theCopyOfProductionRuns(TestMongo mongo) throws IOException {
        String other = mongo.databaseName() + "d";
        MongoDatabase production = mongo.database();
        MongoDatabase development = mongo.client().getDatabase(other);
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), "<project><packaging>pom</packaging></project>");
        Path sample = Files.createDirectory(project.resolve("monarch-sample-app"));
        Files.writeString(sample.resolve("pom.xml"), "<project/>");
        // The nine commands start the extracted jar, which has the same name. Those of the other pages start the
        // executable one.
        Files.createSymbolicLink(
                sample.resolve("target"), ExtractedKennel.jar().toAbsolutePath().getParent());
        String section = "Production's data on a laptop";
        Shell shell = new Shell(folder)
                .set("PRODUCTION_URI", mongo.uri())
                .set("DEVELOPMENT_URI", mongo.uri(other))
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString());

        Shell.Result walked = walk(shell, project, WITH_ARCHIVE + block(COPIES, section, "sh"));

        assertThat(walked.out())
                .containsSubsequence(
                        "Environment 'production': 2 migrations applied",
                        "AddIndexesToUserTable.java",
                        "Copied 'production' into 'development'",
                        "202611201020-account-address",
                        "PENDING",
                        "Environment 'development': 4 migrations applied",
                        "Backed up 'production' as production__",
                        "Environment 'production': 4 migrations applied",
                        "Copied 'production' into 'development'");
        for (String name : List.of("dogs", "dog_houses", "accounts")) {
            assertThat(development.getCollection(name).find())
                    .as(name)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(
                            production.getCollection(name).find());
        }
        aPartOfIt(shell, project, section, production, development);
    }

    private static void aPartOfIt(
            Shell shell, Path project, String section, MongoDatabase production, MongoDatabase development)
            throws IOException {
        walk(
                shell.set("MONARCH_ENVIRONMENTS_PRODUCTION_URI", shell.get("PRODUCTION_URI"))
                        .set("MONARCH_ENVIRONMENTS_DEVELOPMENT_URI", shell.get("DEVELOPMENT_URI")),
                project,
                WITH_ARCHIVE + blocks(COPIES, section, "sh").get(1));
        assertThat(development.getCollection("dogs").find())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        production.getCollection("dogs").find(new Document("breed", "Whippet")));
        assertThat(development.getCollection("dog_houses").find().map(house -> house.getString("_id")))
                .containsExactlyInAnyOrderElementsOf(
                        development.getCollection("dogs").distinct("house", String.class));
        assertThat(development.getCollection("accounts").countDocuments())
                .isEqualTo(production.getCollection("accounts").countDocuments());
        assertThat(development.getCollection("accounts").find())
                .allSatisfy(account -> assertThat(account.toString())
                        .doesNotContain("kennel.example", "Lane", "Road", "Street", "Avenue"));
    }

    /** Runs the commands of a section, with the test's own data. */
    private Shell.Result walk(Path page, String section) throws IOException {
        Shell shell = new Shell(folder)
                .set("KENNEL_EMBEDDED_DIRECTORY", folder.resolve("data").toString())
                .set(
                        "MONARCH_BACKUPS_LOCAL_DIRECTORY",
                        folder.resolve("backups").toString());
        return walk(shell, Path.of(".."), block(page, section, "sh"));
    }

    private static Shell.Result walk(Shell shell, Path where, String script) {
        // These commands are too short for the second compiler to pay off.
        shell.set("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Shell.Result walked = shell.run(List.of("bash", "-c", "set -e\ncd '" + where + "'\n" + script), "");
        assertThat(walked.exit()).as(walked.err()).isZero();
        return walked;
    }

    private static String block(Path page, String section, String language) throws IOException {
        return blocks(page, section, language).get(0);
    }

    private static List<String> blocks(Path page, String section, String language) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf("## " + section + "\n");
        assertThat(begin).as(section).isNotNegative();
        int end = text.indexOf("\n## ", begin);
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(text.substring(begin, end < 0 ? text.length() : end));
        List<String> blocks = new ArrayList<>();
        while (block.find()) {
            blocks.add(block.group(1));
        }
        assertThat(blocks).as(section).isNotEmpty();
        return blocks;
    }
}
