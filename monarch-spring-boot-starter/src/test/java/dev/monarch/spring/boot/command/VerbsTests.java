package dev.monarch.spring.boot.command;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** What is the same for all verbs. */
@MongoTest
class VerbsTests {

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
}
