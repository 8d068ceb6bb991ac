package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** The output of status, and its errors. */
@MongoTest
class StatusVerbTests {

    @Test
    void checkIsZeroWhenNothingIsPending(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        assertThat(Commands.on(mongo).run("status", "--check").exit()).isZero();
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aWrongPasswordIsOneLine(TestMongo mongo) {
        String uri = mongo.uri().replace("mongodb://", "mongodb://keeper:hunter2@");
        Result result = new Commands().with("--spring.mongodb.uri=" + uri).run("status");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .matches("The server of environment 'default' \\(.*\\) refused the login: wrong user, password or"
                        + " authentication database\\.\n");
    }

    @Test
    void earlyMigrationsDoNotRun(TestMongo mongo) {
        Result result =
                Commands.on(mongo).with("--monarch.migrations.run-at=early").run("status");
        assertThat(result.out()).contains("Environment 'default': 2 of 2 pending.");
        assertThat(result.exit()).isZero();
    }

    @Test
    void anUnreachableServerIsOneLineAndDoesNotTakeLong() {
        long start = System.nanoTime();
        Result result = new Commands()
                .with("--spring.mongodb.uri=mongodb://keeper:hunter2@localhost:1/kennel")
                .run("status", "--output=json");
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("Cannot reach environment 'default' (localhost:1/kennel): no server answered. Check that the"
                        + " server is running, its host and port, and the network in between. -v shows what was"
                        + " tried.\n");
        assertThat(result.json())
                .containsEntry("exitCode", 1)
                .containsEntry("error", result.err().strip());
    }

    @Test
    void anApplicationWithoutMonarchSaysSo(TestMongo mongo) {
        Result result = Commands.on(mongo).with("--monarch.enabled=false").run("status");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("Monarch has no MongoDB in this application: there is no MongoDatabaseFactory bean, or"
                        + " monarch.enabled is false.\n");
    }

    @Test
    void anErrorOfSeveralLinesStaysUnderItsMigration(TestMongo mongo) {
        mongo.database()
                .getCollection("monarch.history")
                .insertOne(new Document("_id", new Document("scope", "default").append("id", "1-first-animals"))
                        .append("state", "FAILED")
                        .append(
                                "error",
                                new Document("type", "Rain").append("message", "it rains\n2-long-walk APPLIED"))
                        .append("sequence", 1L));

        assertThat(Commands.on(mongo).run("status").out())
                .contains("    error: Rain: it rains\n      2-long-walk APPLIED\n")
                .doesNotContain("\n2-long-walk APPLIED");
    }

    @Test
    void verboseShowsTheStackTraceOfAFailure(TestMongo mongo) {
        assertThat(Commands.on(mongo)
                        .with("--shelter.walk=fails")
                        .run("migrate")
                        .exit())
                .isEqualTo(1);

        assertThat(Commands.on(mongo).run("status").out())
                .contains("error: java.lang.IllegalStateException: it rains\n")
                .doesNotContain("LongWalk.java");
        assertThat(Commands.on(mongo).run("status", "-v").out())
                .contains("error: java.lang.IllegalStateException: it rains\n")
                .contains("at dev.monarch.spring.boot.command.shelter.LongWalk.up(LongWalk.java:");
    }

    @Test
    void oneMigrationIsShownWithItsStackTrace(TestMongo mongo) {
        Commands.on(mongo).with("--shelter.walk=fails").run("migrate");

        Result shown = Commands.on(mongo).run("status", "2-long-walk");

        assertThat(shown.exit()).isZero();
        assertThat(shown.out())
                .contains(
                        "2-long-walk",
                        "FAILED",
                        "at dev.monarch.spring.boot.command.shelter.LongWalk.up(LongWalk.java:")
                .doesNotContain("1-first-animals");
        assertThat(Commands.on(mongo)
                        .run("status", "2-long-walk", "default", "--output=json")
                        .json()
                        .getList("migrations", Document.class))
                .singleElement()
                .satisfies(migration -> assertThat(migration.getString("stack")).contains("LongWalk.java"));
    }

    @Test
    void aWordThatIsNoMigrationAndNoEnvironmentIsNamed(TestMongo mongo) {
        Result result = Commands.on(mongo).run("status", "nowhere");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("There is no migration 'nowhere' on environment 'default', and no environment 'nowhere'. The"
                        + " environments are: default. Run 'monarch status' to see the migrations.\n");
    }
}
