package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/** A rollback requires a confirmation, and changes nothing without it. */
@MongoTest
class ConfirmationTests {

    /** Tests cannot choose the address of their server, so remote environments are tested only by the table. */
    private static final String PROTECTED = "--monarch.environment=live";

    @BeforeEach
    void something(TestMongo mongo) {
        Commands.on(mongo).run("migrate", "--to", "1-first-animals");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // options,                    input, exit, in the last line
                "-,                            -,     3, 'is protected, and there is no terminal to ask on: confirm with --confirm live'",
                "--yes,                        -,     3, 'is protected, and --yes does not suffice: confirm with --confirm live'",
                "--confirm=live,               -,     0, ''",
                "--confirm=development,        -,     3, '--confirm names ''development'', but the environment is ''live'''",
                "-,                            live,  0, 'Type the name of the environment to continue:'",
                "--yes,                        live,  0, 'Type the name of the environment to continue:'",
                "-,                            y,     3, 'the name does not match. Nothing has happened.'",
                "-,                            Live,  3, 'the name does not match. Nothing has happened.'",
                "-,                            '',    3, 'the name does not match. Nothing has happened.'"
            })
    void aProtectedEnvironmentNeedsItsName(String option, String typed, int exit, String said, TestMongo mongo) {
        check(Commands.on(mongo).with(PROTECTED), option, typed, exit, said, mongo);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,                 -, 0, ''",
                "--confirm=default, -, 0, ''",
                "--confirm=live,    -, 3, '--confirm names ''live'', but the environment is ''default''. Nothing has happened.'"
            })
    void aLoopbackEnvironmentNeedsNoConfirmation(String option, String typed, int exit, String said, TestMongo mongo) {
        check(Commands.on(mongo), option, typed, exit, said, mongo);
    }

    private static void check(Commands commands, String option, String typed, int exit, String said, TestMongo mongo) {
        if (typed != null) {
            commands.typing(typed);
        }
        Result result =
                option != null ? commands.run("rollback", "--last", option) : commands.run("rollback", "--last");
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.err())
                .contains("these migrations will be rolled back", "  - 1-first-animals (its down runs)", said);
        assertThat(Shelter.animals(mongo)).hasSize(exit == 0 ? 0 : 1);
        assertThat(Shelter.history(mongo))
                .containsExactly("1-first-animals " + (exit == 0 ? "ROLLED_BACK" : "APPLIED"));
    }
}
