package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Rules for all verbs. */
@MongoTest
class VerbsTests {

    static Stream<Class<?>> verbs() {
        return Stream.of(AllVerbs.class.getAnnotation(Command.class).subcommands())
                .filter(Verb.class::isAssignableFrom);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void theTestsOfAVerbAreNamedAfterIt(Class<?> verb) {
        assertThatCode(() -> Class.forName(verb.getName() + "Tests")).doesNotThrowAnyException();
    }

    @Test
    void everyExpectedVerbExists(TestMongo mongo) {
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
