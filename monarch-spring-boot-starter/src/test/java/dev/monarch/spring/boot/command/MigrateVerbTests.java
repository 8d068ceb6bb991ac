package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs and output of migrate. */
@MongoTest
class MigrateVerbTests {

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
    void migrateStopsAfterTheNamedMigration(TestMongo mongo) {
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
    void fakeMarksMigrationsAsDone(TestMongo mongo) {
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
    void aReasonIsAllowedOnlyForManualChanges(TestMongo mongo) {
        Result result = Commands.on(mongo).run("migrate", "--reason", "because");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("--reason needs --fake. A migration that runs needs no reason.\n");
        assertThat(Shelter.history(mongo)).isEmpty();
        assertThat(Commands.on(mongo).run("ignore", "--all", "--reason", " ").exit())
                .isEqualTo(2);
    }
}
