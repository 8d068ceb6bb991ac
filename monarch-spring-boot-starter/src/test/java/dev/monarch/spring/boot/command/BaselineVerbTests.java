package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Migrations that baseline ignores. */
@MongoTest
class BaselineVerbTests {

    @Test
    void aBaselineIgnoresAllMigrationsUpToOne(TestMongo mongo) {
        Result result = Commands.on(mongo).run("baseline", "1-first-animals", "default", "--reason", "was there");
        assertThat(result.exit()).isZero();
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED");
        assertThat(Shelter.reason(mongo, "1-first-animals")).isEqualTo("was there");
    }
}
