package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** Migrations that ignore marks as done. */
@MongoTest
class IgnoreVerbTests {

    @Test
    void ignoreAcceptsIdsAndAnEnvironment(TestMongo mongo) {
        assertThat(Commands.on(mongo)
                        .run("ignore", "1-first-animals", "2-long-walk", "default")
                        .out())
                .contains("2 entries changed.");
        assertThat(Shelter.history(mongo)).containsExactly("1-first-animals IGNORED", "2-long-walk IGNORED");
        assertThat(Shelter.reason(mongo, "2-long-walk")).isEqualTo("by hand: monarch ignore");
    }

    @Test
    void ignoreAllAcceptsOnlyAnEnvironment(TestMongo mongo) {
        assertThat(Commands.on(mongo).run("ignore").err())
                .isEqualTo("Give the ids of the migrations to ignore, or --all.\n");
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
    void anUnknownIdChangesNothing(TestMongo mongo) {
        Result result = Commands.on(mongo).run("ignore", "1-first-animals", "2-long-wal");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("There is no migration '2-long-wal' on environment 'default'. Did you mean 2-long-walk?\n");
        assertThat(Shelter.history(mongo)).isEmpty();
    }
}
