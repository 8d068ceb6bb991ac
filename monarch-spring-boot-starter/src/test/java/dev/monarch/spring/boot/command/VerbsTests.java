package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/** Each verb that works on migrations, what it says and what it does. */
@MongoTest
class VerbsTests {

    @Test
    void migrateRunsEverythingPendingAndStatusShowsIt(TestMongo mongo) {
        Result migrated = Commands.on(mongo).run("migrate");
        assertThat(migrated.exit()).isZero();
        assertThat(migrated.out())
                .containsSubsequence(
                        "Running 1-first-animals\n",
                        "Applied 1-first-animals in ",
                        "Running 2-long-walk\n",
                        "Applied 2-long-walk in ",
                        "Environment 'default': 2 migrations applied in ");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED", "2-long-walk APPLIED");
        Result status = Commands.on(mongo).run("status");
        assertThat(status.out())
                .containsPattern("1-first-animals  APPLIED  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ +\\d+ ms +1\n")
                .endsWith("\nEnvironment 'default': nothing is pending.\n");
        assertThat(Commands.on(mongo).run("up").out()).isEqualTo("Environment 'default': nothing is pending.\n");
    }

    @Test
    void everyNameOfTheSeedsIsKnown(TestMongo mongo) {
        for (String verb : List.of("status", "list-migrations", "list_migrations")) {
            assertThat(Commands.on(mongo).run(verb, "--check").exit()).as(verb).isEqualTo(4);
        }
        assertThat(Commands.on(mongo)
                        .run("migrate_one", "2-long-walk", "default")
                        .exit())
                .isZero();
        assertThat(Commands.on(mongo).run("up", "default").exit()).isZero();
        assertThat(Commands.on(mongo).run("down", "--one", "1-first-animals").exit())
                .isZero();
        assertThat(Commands.on(mongo).run("list_environments").exit()).isZero();
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals ROLLED_BACK", "2-long-walk APPLIED");
    }

    @Test
    void checkIsZeroWhenNothingIsPending(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        assertThat(Commands.on(mongo).run("status", "--check").exit()).isZero();
    }

    @Test
    void migrateStopsBehindTheOneNamed(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("migrate", "--to", "1-first-animals").exit())
                .isZero();
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals APPLIED");
    }

    @Test
    void aDryRunWritesNothing(TestMongo mongo) {
        Result result = Commands.on(mongo).run("migrate", "default", "--dry-run");
        assertThat(result.out()).isEqualTo("""
                        Would run 1-first-animals (new)
                        Would run 2-long-walk (new)
                        Environment 'default': 2 migrations would run. Nothing has been written.
                        """);
        assertThat(mongo.database().listCollectionNames()).isEmpty();
        assertThat(Commands.on(mongo)
                        .run("migrate", "--dry-run", "--output", "json")
                        .json()
                        .getList("wouldRun", Document.class))
                .extracting(planned -> planned.getString("id"))
                .containsExactly("1-first-animals", "2-long-walk");
    }

    @Test
    void fakeCountsAsDoneWhatHasNotRun(TestMongo mongo) {
        Result result = Commands.on(mongo).run("migrate", "--fake", "--reason", "from a backup");
        assertThat(result.out()).isEqualTo("""
                        1-first-animals: PENDING -> IGNORED
                        2-long-walk: PENDING -> IGNORED
                        Environment 'default': 2 entries changed.
                        """);
        assertThat(Shelter.animals(mongo)).isEmpty();
        assertThat(Commands.on(mongo).run("status").out()).contains("    reason: from a backup\n");
    }

    @Test
    void fakeUpToOneLeavesTheRestPending(TestMongo mongo) {
        Commands.on(mongo).run("migrate", "--fake", "--to", "1-first-animals");
        assertThat(Commands.on(mongo).run("migrate").out()).contains("1 migration applied");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED", "2-long-walk APPLIED");
    }

    @Test
    void aReasonIsOnlyForWhatIsDoneByHand(TestMongo mongo) {
        Result result = Commands.on(mongo).run("migrate", "--reason", "because");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("--reason goes with --fake: a migration that runs needs no reason.\n");
        assertThat(Shelter.history(mongo)).isEmpty();
        assertThat(Commands.on(mongo).run("ignore", "--all", "--reason", " ").exit())
                .isEqualTo(2);
    }

    @Test
    void migrateOneRunsItAgainWhateverItsState(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        mongo.database().getCollection("animals").deleteMany(new Document());
        assertThat(Commands.on(mongo).run("migrate-one", "1-first-animals").exit())
                .isZero();
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    @Test
    void rollbackWantsToKnowWhatAndSaysWhatItDoes(TestMongo mongo) {
        Commands.on(mongo).run("migrate", "--to", "1-first-animals");
        assertThat(Commands.on(mongo).run("rollback").err())
                .isEqualTo(
                        "Missing: one of --last, --steps N, --one ID, --to ID. 'monarch help rollback' shows how it is used.\n");
        assertThat(Commands.on(mongo).run("rollback", "--last", "--to", "1").err())
                .startsWith("--last, --to=ID are mutually exclusive (specify only one).");
        assertThat(Commands.on(mongo).run("rollback", "--steps", "0").exit()).isEqualTo(2);
        assertThat(Commands.on(mongo).run("rollback", "--steps", "many").exit()).isEqualTo(2);
        Result dry = Commands.on(mongo).run("rollback", "--last", "--dry-run");
        assertThat(dry.out()).isEqualTo("""
                        Environment 'default': what these have done will be lost, in this order:
                          - 1-first-animals (its down runs)
                        They will be pending then.
                        """);
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
        for (String[] how :
                new String[][] {{"--last"}, {"--steps=1"}, {"--one=1-first-animals"}, {"--to=1-first-animals"}}) {
            Result result = Commands.on(mongo).run("rollback", how[0], "--output", "json");
            assertThat(result.exit()).isZero();
            assertThat(result.json().getList("rolledBack", Document.class)).hasSize(1);
            assertThat(result.err()).contains("  - 1-first-animals (its down runs)\n");
            assertThat(Shelter.animals(mongo)).isEmpty();
            Commands.on(mongo).run("migrate", "--to", "1-first-animals");
        }
    }

    @Test
    void aRollbackThatIsImpossibleDoesNothing(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        Result result = Commands.on(mongo).run("rollback", "--to", "1-first-animals");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("Cannot roll back on environment 'default': '2-long-walk' has no 'down'");
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }

    @Test
    void ignoreTakesIdsAndAnEnvironmentBehindThem(TestMongo mongo) {
        assertThat(Commands.on(mongo)
                        .run("ignore", "1-first-animals", "2-long-walk", "default")
                        .out())
                .contains("2 entries changed.");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED", "2-long-walk IGNORED");
    }

    @Test
    void ignoreAllTakesOnlyAnEnvironment(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("ignore").err())
                .isEqualTo("Say which migrations are to be ignored: their ids, or --all.\n");
        assertThat(Commands.on(mongo)
                        .run("ignore", "--all", "1-first-animals", "default")
                        .exit())
                .isEqualTo(2);
        assertThat(Commands.on(mongo)
                        .run("ignore", "--all", "default", "--dry-run")
                        .out())
                .contains("2 entries would be changed. Nothing has been written.");
        assertThat(Shelter.history(mongo)).isEmpty();
        assertThat(Commands.on(mongo).run("ignore", "--all").out()).contains("2 entries changed.");
        assertThat(Commands.on(mongo).run("ignore", "--all").out())
                .isEqualTo("Environment 'default': there is nothing to change.\n");
    }

    @Test
    void oneUnknownIdSpoilsNothing(TestMongo mongo) {
        Result result = Commands.on(mongo).run("ignore", "1-first-animals", "2-long-wal");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("There is no migration '2-long-wal' on environment 'default'. Did you mean 2-long-walk?\n");
        assertThat(Shelter.history(mongo)).isEmpty();
    }

    @Test
    void baselineCountsEverythingUpToOneAsDone(TestMongo mongo) {
        Result result = Commands.on(mongo).run("baseline", "1-first-animals", "default", "--reason", "was there");
        assertThat(result.exit()).isZero();
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED");
    }

    @Test
    void resolveSaysHowAFailedOneStands(TestMongo mongo) {
        Commands.on(mongo).with("--shelter.walk=fails").run("migrate");
        Result status = Commands.on(mongo).run("status");
        assertThat(status.out()).contains("    error: java.lang.IllegalStateException: it rains\n");
        assertThat(Commands.on(mongo).run("resolve", "2-long-walk").err())
                .isEqualTo("Missing: --as STATE. 'monarch help resolve' shows how it is used.\n");
        assertThat(Commands.on(mongo)
                        .run("resolve", "2-long-walk", "--as", "done")
                        .err())
                .startsWith("Invalid value for option '--as': expected one of [applied, pending]");
        assertThat(Commands.on(mongo)
                        .run("resolve", "2-long-walk", "default", "--as", "pending")
                        .out())
                .startsWith("2-long-walk: FAILED -> PENDING\n");
        Commands.on(mongo).with("--shelter.walk=fails").run("migrate");
        assertThat(Commands.on(mongo)
                        .run("resolve", "2-long-walk", "default", "--as", "applied")
                        .out())
                .startsWith("2-long-walk: FAILED -> APPLIED\n");
        assertThat(Commands.on(mongo).run("status", "--check").exit()).isZero();
    }

    @Test
    void unlockTakesTheLockAway(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("unlock").out())
                .isEqualTo("Environment 'default': the lock was free already.\n");
        try (HeldLock held = Locks.acquire(mongo, "a test")) {
            assertThat(Commands.on(mongo).run("status").out()).contains("The lock is held by ", " for a test since ");
            Result result = Commands.on(mongo).run("unlock");
            assertThat(result.exit()).isZero();
            assertThat(result.out()).startsWith("Environment 'default': the lock was taken away from ");
            assertThat(Commands.on(mongo)
                            .with("--monarch.lock.wait=0s")
                            .run("migrate")
                            .exit())
                    .isZero();
            assertThat(held).isNotNull();
        }
    }

    @Test
    void listEnvironmentsSaysHowEachIsAndNoPassword(TestMongo mongo) {
        String staging = mongo.databaseName() + "s";
        Commands commands = Commands.on(mongo)
                .with(
                        "--monarch.environments.staging.uri=" + mongo.uri(staging),
                        "--monarch.environments.production.uri=mongodb://keeper:hunter2@localhost:1/kennel"
                                + "?serverSelectionTimeoutMS=200",
                        "--monarch.environments.broken.uri=mongodb://keeper:hunter2@${NOWHERE}/kennel");
        Result result = commands.run("list-environments");
        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .containsPattern("default \\* +\\S+ +" + mongo.databaseName() + " +no +yes +\\S+ +2\n")
                .containsPattern("staging +\\S+ +" + staging + " +no +yes +\\S+ +2\n")
                .containsPattern("production +localhost:1 +kennel +yes +no +- +-\n")
                .containsPattern("broken +- +- +- +no +- +-\n")
                .contains(
                        "production: Cannot reach environment 'production'",
                        "broken: Environment 'broken' cannot be used")
                .doesNotContain("hunter2");
        Result json = commands.run("list-environments", "--output", "json");
        assertThat(json.out() + json.err()).doesNotContain("hunter2");
        assertThat(json.json().getList("environments", Document.class))
                .extracting(environment -> environment.get("reachable"))
                .containsExactly(true, true, false, false);
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
    void anUnreachableServerIsOneLineAndDoesNotTakeLong() {
        long start = System.nanoTime();
        Result result = new Commands()
                .with("--spring.mongodb.uri=mongodb://keeper:hunter2@localhost:1/kennel")
                .run("status", "--output=json");
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("Cannot reach environment 'default' (localhost:1/kennel): no server answered. Check that it"
                        + " runs, its host and port, and what stands between (-v shows what was tried).\n");
        assertThat(result.json())
                .containsEntry("exitCode", 1)
                .containsEntry("error", result.err().strip());
    }

    @Test
    void anApplicationWithoutMonarchSaysSo(TestMongo mongo) {
        Result result = Commands.on(mongo).with("--monarch.enabled=false").run("status");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("This application has no MongoDB for Monarch: there is no MongoDatabaseFactory bean, or"
                        + " monarch.enabled is false.\n");
    }
}
