package dev.monarch.spring.boot.command;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Rollbacks and refusals. */
@MongoTest
class RollbackVerbTests {

    @Test
    void rollbackNeedsATargetAndReportsItsSteps(TestMongo mongo) {
        Commands.on(mongo).run("migrate", "--to", "1-first-animals");
        assertThat(Commands.on(mongo).run("rollback").err())
                .isEqualTo(
                        "Missing: one of --last, --steps N, --one ID, --to ID. 'monarch help rollback' explains it.\n");
        assertThat(Commands.on(mongo).run("rollback", "--last", "--to", "1").err())
                .startsWith("--last, --to=ID are mutually exclusive (specify only one).");
        assertThat(Commands.on(mongo).run("rollback", "--steps", "0").exit()).isEqualTo(2);
        assertThat(Commands.on(mongo).run("rollback", "--steps", "many").exit()).isEqualTo(2);
        Result dry = Commands.on(mongo).run("rollback", "--last", "--dry-run");
        assertThat(dry.out()).isEqualTo("""
                        Environment 'default': these migrations will be rolled back, in this order. Their changes will be lost:
                          - 1-first-animals (its down runs)
                        They will be pending afterwards.
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
    void anImpossibleRollbackChangesNothing(TestMongo mongo) {
        Commands.on(mongo).run("migrate");
        Result result = Commands.on(mongo).run("rollback", "--to", "1-first-animals");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("Cannot roll back on environment 'default': '2-long-walk' has no 'down'");
        assertThat(Shelter.animals(mongo)).containsExactly("Rex");
    }
}
