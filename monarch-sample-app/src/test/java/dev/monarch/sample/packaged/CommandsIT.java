package dev.monarch.sample.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Every verb of the packaged application, in a pipe and in a terminal. */
@MongoTest
class CommandsIT {

    private static final String TAGS = "202611201040-dog-tags";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void shell(TestMongo mongo) {
        shell = new Shell(folder)
                .set("SPRING_MONGODB_URI", mongo.uri())
                // The same database under a protected name.
                .set("MONARCH_ENVIRONMENTS_PRODUCTION_URI", mongo.uri())
                .set("MONARCH_ENVIRONMENT", "kennel");
    }

    @Test
    void migrationsAreAppliedIgnoredAndRolledBack(TestMongo mongo) {
        Shell.Result before = shell.monarch("status", "--check");
        assertThat(before.exit()).isEqualTo(4);
        assertThat(before.out()).contains("occupancy                     PENDING", "6 of 6 pending");
        assertThat(before.err()).isEmpty();

        assertThat(shell.monarch("migrate", "--dry-run").out()).contains("Would run " + TAGS + " (new)");
        assertThat(mongo.database().listCollectionNames()).isEmpty();

        Shell.Result upTo = shell.monarch("migrate", "--to", "202611201000-kennel");
        assertThat(upTo.exit()).isZero();
        assertThat(upTo.out()).contains("Applied 202611201000-kennel in").doesNotContain("unique-email");

        assertThat(shell.monarch("ignore", "202611201010-unique-email", "--reason", "no need")
                        .exit())
                .isZero();
        assertThat(shell.monarch("baseline", "202611201020-account-address").exit())
                .isZero();
        assertThat(shell.monarch("migrate").out())
                .contains("Applied 202611201030-weight-in-kg", "Applied " + TAGS, "Applied occupancy")
                .doesNotContain("Applied 202611201010-unique-email", "Applied 202611201020-account-address");

        assertThat(shell.monarch("migrate_one", "202611201010-unique-email").out())
                .contains("Applied 202611201010-unique-email");
        assertThat(shell.monarch("down", "--one", TAGS).exit()).isZero();
        assertThat(mongo.database().getCollection("dogs").countDocuments(new Document("tag", 1)))
                .isZero();

        Document status = Document.parse(
                shell.monarch("list_migrations", "--output", "json").out());
        assertThat(status.getList("migrations", Document.class))
                .extracting(migration -> migration.getString("state"))
                .containsExactly("APPLIED", "APPLIED", "IGNORED", "APPLIED", "ROLLED_BACK", "APPLIED");
    }

    @Test
    void refusalsSayWhyAndChangeNothing(TestMongo mongo) {
        shell.monarch("migrate");

        Shell.Result plainYes = shell.monarch("rollback", "production", "--last", "--yes");
        assertThat(plainYes.exit()).isEqualTo(3);
        assertThat(plainYes.err()).contains("production").doesNotContain("\tat ");
        Shell.Result typo = shell.monarch("rollback", "productoin", "--last");
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.err()).contains("Did you mean production?");
        Shell.Result noVerb = shell.monarch("migrat");
        assertThat(noVerb.exit()).isEqualTo(2);
        assertThat(noVerb.err()).contains("Did you mean migrate");
        Shell.Result noDown = shell.monarch("rollback", "--to", "202611201000-kennel");
        assertThat(noDown.exit()).isEqualTo(2);
        assertThat(noDown.err()).contains("'202611201010-unique-email' has no 'down'");
        assertThat(mongo.database().getCollection("dogs").countDocuments(new Document("tag", 1)))
                .isEqualTo(1);

        Shell.Result named = shell.monarch("rollback", "production", "--last", "--confirm", "production");
        assertThat(named.exit()).isZero();
        assertThat(mongo.database().getCollection("dogs").countDocuments(new Document("tag", 1)))
                .isZero();
    }

    @Test
    void aFailedMigrationIsResolvedByTheCommandsThatItsLogNames(TestMongo mongo) {
        mongo.database()
                .getCollection("accounts")
                .insertOne(new Document("email", "account-0001@kennel.example").append("address", new Document()));

        Shell.Result failed = shell.monarch("-v", "migrate");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("Migration '202611201010-unique-email' failed on environment 'kennel'");
        Matcher next = Pattern.compile("'monarch ([^']+)'").matcher(logLine(failed.err(), "Next: Correct"));
        List<String> commands = next.results().map(match -> match.group(1)).toList();
        assertThat(commands).hasSize(4);

        assertThat(shell.monarch(words(commands.get(0))).out()).contains("202611201010-unique-email", "FAILED");
        assertThat(shell.monarch(words(commands.get(1))).exit())
                .as("the cause still exists")
                .isEqualTo(1);
        Shell.Result applied = shell.monarch(words(commands.get(2)));
        assertThat(applied.exit()).as(applied.err()).isZero();
        Shell.Result again = shell.monarch(words(commands.get(3)));
        assertThat(again.exit()).as("an applied migration cannot be resolved").isNotZero();
        assertThat(shell.monarch("migrate").exit()).isZero();
        assertThat(shell.monarch("status", "--check").exit()).isZero();
    }

    @Test
    void theOtherVerbsRun(TestMongo mongo) throws IOException {
        Shell.Result environments = shell.monarch("list-environments");
        assertThat(environments.exit()).isZero();
        assertThat(environments.out()).contains("kennel *", "production", mongo.databaseName());

        Shell.Result free = shell.monarch("unlock");
        assertThat(free.exit()).isZero();

        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Shell.Result init = shell.monarch("init", "--directory", project.toString(), "--package", "com.example.m");
        assertThat(init.exit()).as(init.err()).isZero();
        Shell.Result generated =
                shell.monarch("create", "unique-name", "--directory", project.toString(), "--package", "com.example.m");
        assertThat(generated.exit()).as(generated.err()).isZero();
        assertThat(project.resolve("src/main/java/com/example/m/UniqueName.java"))
                .content()
                .contains("class UniqueName implements MongoMigration", "-unique-name\")");

        Shell.Result help = shell.monarch("help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("migrate-one", "list-environments");

        Shell.Result unreachable = new Shell(folder)
                .set("SPRING_MONGODB_URI", "mongodb://somebody:secret@127.0.0.1:1/kennel?serverSelectionTimeoutMS=200")
                .monarch("status");
        assertThat(unreachable.exit()).isEqualTo(1);
        assertThat(unreachable.err()).hasLineCount(1).contains("Cannot reach").doesNotContain("secret");
    }

    @Test
    void aShellCompletesWhatTheApplicationKnows() throws IOException {
        Path bash = Path.of("/bin/bash");
        assumeThat(bash).as("needs bash").isExecutable();
        shell.set("MONARCH_BACKUPS_LOCAL_DIRECTORY", folder.resolve("backups").toString());
        assertThat(shell.monarch("backup", "--allow-empty", "--name", "first").exit())
                .isZero();

        Shell.Result script = shell.monarch("completion");
        assertThat(script.exit()).as(script.err()).isZero();
        assertThat(script.err()).isEmpty();
        Path file = Files.writeString(
                folder.resolve("completion"),
                script.out() + """
                monarch() { %s monarch "$@"; }
                completes() {
                  COMP_WORDS=("$@")
                  COMP_CWORD=$(( $# - 1 ))
                  _complete_monarch
                  printf '%%s\n' "${COMPREPLY[@]}"
                }
                completes monarch mig
                completes monarch status prod
                completes monarch restore fir
                """.formatted(String.join(" ", ExtractedKennel.command())));
        Shell.Result completed = shell.run(List.of(bash.toString(), file.toString()), "");
        assertThat(completed.out()).matches("migrate\nmigrate-one\nproduction\nfirst__\\d{4}_\\d\\d_\\d\\dT\\d{6}Z:\n");
    }

    @Test
    void aTerminalShowsPromptsAndColours(TestMongo mongo) {
        assumeThat(Shell.hasTerminal()).as("needs the command 'script'").isTrue();
        shell.monarch("migrate");

        Shell.Result declined = shell.monarchInTerminal("no\n", "rollback", "production", "--last");
        assertThat(declined.exit()).as(declined.out()).isEqualTo(3);
        assertThat(declined.out()).contains(TAGS);
        assertThat(mongo.database().getCollection("dogs").countDocuments(new Document("tag", 1)))
                .isEqualTo(1);

        Shell.Result confirmed = shell.monarchInTerminal("production\n", "rollback", "production", "--last");
        assertThat(confirmed.exit()).as(confirmed.out()).isZero();
        assertThat(mongo.database().getCollection("dogs").countDocuments(new Document("tag", 1)))
                .isZero();

        assertThat(shell.monarchInTerminal("", "status").out()).contains("\u001b[");
        shell.set("NO_COLOR", "1");
        assertThat(shell.monarchInTerminal("", "status").out()).doesNotContain("\u001b[");
        assertThat(shell.monarch("status").out()).doesNotContain("\u001b[");
    }

    @Test
    void theOtherVerbsRunInATerminal(TestMongo mongo) throws IOException {
        assumeThat(Shell.hasTerminal()).as("needs the command 'script'").isTrue();
        mongo.database().getCollection("accounts").insertOne(new Document("email", "account-0001@kennel.example"));

        assertInTerminal(0, "help", "list-environments");
        assertInTerminal(0, "list-environments", "production");
        assertInTerminal(1, "migrate", "Applied", "202611201000-kennel", "Failed", "Correct the migration");
        assertInTerminal(1, "migrate-one 202611201010-unique-email", "Failed");
        assertInTerminal(0, "resolve 202611201010-unique-email --as applied", "FAILED", "APPLIED");
        assertInTerminal(0, "ignore 202611201020-account-address", "IGNORED");
        assertInTerminal(0, "baseline 202611201030-weight-in-kg", "IGNORED");
        assertInTerminal(0, "unlock", "free");
        assertInTerminal(4, "status --check", "PENDING", "2 of 6 pending");
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        String there = " --package com.example.m --directory " + project;
        assertInTerminal(0, "init" + there, "monarch.yml");
        assertInTerminal(0, "generate unique-name" + there, "UniqueName.java");
    }

    private void assertInTerminal(int exit, String words, String... seen) {
        Shell.Result result = shell.monarchInTerminal("", words(words));
        assertThat(result.exit()).as(result.out()).isEqualTo(exit);
        assertThat(result.out()).contains(seen);
    }

    private static String logLine(String output, String part) {
        return output.lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    private static String[] words(String command) {
        return command.split(" ");
    }
}
