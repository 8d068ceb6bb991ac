package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** States that resolve sets. */
@MongoTest
class ResolveVerbTests {

    @Test
    void resolveSetsTheStateOfAFailedMigration(TestMongo mongo) {
        Commands.on(mongo).with("--shelter.walk=fails").run("migrate");
        Result status = Commands.on(mongo).run("status");
        assertThat(status.out()).contains("    error: java.lang.IllegalStateException: it rains\n");
        assertThat(Commands.on(mongo).run("resolve", "2-long-walk").err())
                .isEqualTo("Missing: --as STATE. 'monarch help resolve' explains it.\n");
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
                        .run("resolve", "2-long-walk", "default", "--as", "applied", "--reason", "it was sunny")
                        .out())
                .startsWith("2-long-walk: FAILED -> APPLIED\n");
        assertThat(Shelter.reason(mongo, "2-long-walk")).isEqualTo("it was sunny");
        assertThat(Commands.on(mongo).run("status", "--check").exit()).isZero();
    }
}
