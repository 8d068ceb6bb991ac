package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.spring.boot.command.CommandProcess.Result;
import dev.monarch.spring.boot.command.shelter.ShelterApplication;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands of an application with security, runners and a schedule, in real processes. */
@MongoTest
class CommandModeTests {

    @Test
    void withoutTheWordMonarchTheApplicationRuns(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "--server.port=0");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(String.join("\n", result.out()))
                .contains(
                        ShelterApplication.NOISE + "security",
                        ShelterApplication.NOISE + "scheduled bean",
                        ShelterApplication.NOISE + "CommandLineRunner",
                        ShelterApplication.NOISE + "failing runner",
                        "printed by a migration",
                        ":: Spring Boot ::");
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    @Test
    void aCommandStartsNoPartOfTheApplication(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "monarch", "status");
        assertThat(result.out())
                .containsExactly(
                        "MIGRATION        STATUS   WHEN  TOOK  ATTEMPTS",
                        "1-first-animals  PENDING  -     -     -",
                        "2-long-walk      PENDING  -     -     -",
                        "",
                        "Environment 'default': 2 of 2 pending.");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
        assertThat(mongo.database().listCollectionNames()).isEmpty();
    }

    @Test
    void anotherEnvironmentCausesNoWarningOfSpring(TestMongo mongo) {
        Result result = CommandProcess.run(
                uri(mongo),
                "--monarch.environments.staging.uri=" + mongo.uri(mongo.databaseName() + "s"),
                "monarch",
                "migrate",
                "staging",
                "-v");
        assertThat(result.exit()).isZero();
        assertThat(result.err()).isNotEmpty().noneMatch(line -> line.contains("BeanPostProcessor"));
    }

    @Test
    void standardOutputHasOnlyTheOutputOfTheCommand(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "monarch", "migrate", "--output", "json");
        Document report = Document.parse(String.join("\n", result.out()));
        assertThat(report.getList("applied", Document.class))
                .extracting(applied -> applied.getString("id"))
                .containsExactly("1-first-animals", "2-long-walk");
        assertThat(result.err())
                .containsSubsequence("printed by a migration")
                .noneMatch(line -> line.contains(ShelterApplication.NOISE));
        assertThat(result.exit()).isZero();
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    @Test
    void logsAreShownOnRequestAndOnStandardError(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "monarch", "migrate", "-v", "--output=json");
        assertThat(Document.parse(String.join("\n", result.out()))).containsKey("applied");
        assertThat(result.err()).anyMatch(line -> line.contains(" INFO ")).anyMatch(line -> line.contains(" DEBUG "));
    }

    @Test
    void aFailureIsOneLineAndNotAStackTrace(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "--shelter.walk=fails", "monarch", "migrate");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).hasSize(4).last().asString().startsWith("Failed 2-long-walk after ");
        assertThat(result.err())
                .containsExactly(
                        "printed by a migration",
                        "Migration '2-long-walk' failed on environment 'default' (attempt 1):"
                                + " java.lang.IllegalStateException: it rains. No later migration has run."
                                + " Correct the migration or the data, and start again: the next run begins with this"
                                + " migration. 'monarch status default' shows it, 'monarch migrate-one 2-long-walk default'"
                                + " runs only this one. Or record the result with 'monarch resolve 2-long-walk default --as"
                                + " applied', or 'monarch resolve 2-long-walk default --as pending' to run it again.");
    }

    @Test
    void aStackTraceIsShownOnRequest(TestMongo mongo) {
        Result result = CommandProcess.run(uri(mongo), "--shelter.walk=fails", "monarch", "migrate", "--verbose");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).anyMatch(line -> line.startsWith("\tat "));
    }

    @Test
    void helpAndWrongUseNeedNoContext() {
        String broken = "--spring.mongodb.uri=nonsense";
        Result help = CommandProcess.run(broken, "monarch", "help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).first().asString().startsWith("Usage: java -jar app.jar");
        assertThat(help.err()).isEmpty();
        Result typo = CommandProcess.run(broken, "monarch", "migrate", "--dryrun");
        assertThat(typo.exit()).isEqualTo(2);
        assertThat(typo.out()).isEmpty();
        assertThat(typo.err())
                .containsExactly(
                        "There is no option '--dryrun'. Did you mean --dry-run? 'monarch help migrate' explains"
                                + " it.");
    }

    @Test
    void aVerbThatNeedsNoDatabaseOpensNoConnection() {
        Result result =
                CommandProcess.run("--spring.mongodb.uri=mongodb://localhost:1/none", "monarch", "-v", "adopt", "Rex");
        assertThat(result.out()).containsExactly("adopted Rex");
        assertThat(result.err())
                .contains("this goes to standard error")
                .noneMatch(line -> line.contains("org.mongodb.driver"));
        assertThat(result.exit()).isZero();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void ctrlCInterruptsAMigrationCleanly(TestMongo mongo) {
        assertStopsCleanly(mongo, "endless", "2-long-walk");
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void ctrlCEndsOperationsOnTheServer(TestMongo mongo) {
        assertStopsCleanly(mongo, "counts on the server", "counting");
        assertThat(runningAggregations(mongo)).isEmpty();
    }

    private static List<Document> runningAggregations(TestMongo mongo) {
        return mongo.client()
                .getDatabase("admin")
                .runCommand(new Document("currentOp", 1)
                        .append("command.aggregate", "animals")
                        .append("ns", mongo.databaseName() + ".animals"))
                .getList("inprog", Document.class);
    }

    private static void assertStopsCleanly(TestMongo mongo, String walk, String line) {
        try (CommandProcess process =
                CommandProcess.start(uri(mongo), "--shelter.walk=" + walk, "monarch", "migrate", "default")) {
            process.awaitOutput(text -> text.contains(line) && text.contains("done"));
            process.interrupt();
            Result result = process.await();
            assertThat(result.exit()).isEqualTo(130);
            assertThat(result.err()).contains("Interrupted: stopping cleanly.");
        }
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED", "2-long-walk FAILED");
        try (HeldLock free = Locks.acquire(mongo, "a look")) {
            free.ensureHeld();
        }
    }

    @Test
    void aLockOfAnotherProcessHasItsOwnExitCode(TestMongo mongo) {
        try (HeldLock held = Locks.acquire(mongo, "a test")) {
            held.ensureHeld();
            Commands.Result result =
                    Commands.on(mongo).with("--monarch.lock.wait=0s").run("migrate");
            assertThat(result.exit()).isEqualTo(5);
            assertThat(result.err()).contains("The lock of environment 'default' is held by", "for a test");
        }
    }

    @Test
    void noCommandRunsASchedule(TestMongo mongo) {
        Commands.Result result = Commands.on(mongo)
                .with("--monarch.backups.schedules[0].cron=* * * * * *")
                .run("status");
        assertThat(result.exit()).isZero();
        assertThat(mongo.database().listCollectionNames()).doesNotContain("monarch.schedules");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("monarch-schedules");
    }

    private static String uri(TestMongo mongo) {
        return "--spring.mongodb.uri=" + mongo.uri();
    }
}
