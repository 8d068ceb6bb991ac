package dev.monarch.spring.boot.command;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.spring.boot.command.Commands.Result;
import dev.monarch.spring.boot.command.library.GreetingAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/** Verbs of the application and of its libraries, found without a database. */
class ApplicationVerbTests {

    private final Commands commands = new Commands().with("--spring.mongodb.uri=mongodb://localhost:1/none");

    @Test
    void aBeanIsAVerbWithItsOwnOptions() {
        Result result =
                commands.with("--shelter.town= in Riga").run("adopt", "Rex", "Tom", "--confirm", "-v", "--output=json");

        assertThat(result).isEqualTo(new Result(0, "adopted Rex and Tom for sure vaccinated as json in Riga\n", ""));
    }

    @Test
    void aVerbCanHaveSubcommands() {
        assertThat(commands.with("--shelter.food=fish").run("feed", "cat"))
                .isEqualTo(new Result(9, "the cat eats fish\n", ""));
        assertThat(commands.run("feed").exit()).isEqualTo(8);
    }

    @Test
    void theResultIsTheExitCode() {
        assertThat(commands.run("adopt", "none").exit()).isEqualTo(7);
    }

    @Test
    void anExceptionIsReportedInOneLine() {
        Result result = commands.run("fail");
        assertThat(result)
                .isEqualTo(new Result(
                        1,
                        "",
                        "Failed: no luck with //***@host (-v shows the stack trace and the application's logs).\n"));
        Result verbose = commands.run("-v", "fail");
        assertThat(verbose.err()).contains("\tat ").doesNotContain("hunter2");
    }

    @Test
    void similarVerbsOfBothKindsAreSuggested() {
        Result result = commands.run("adpot");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo(
                        "There is no verb 'adpot'. Did you mean adopt or import-history? 'monarch help' lists the verbs.\n");
        assertThat(commands.run("migrat", "--output", "json").json())
                .containsEntry(
                        "error",
                        "There is no verb 'migrat'. Did you mean migrate or migrate-one or list-migrations? 'monarch help'"
                                + " lists the verbs.")
                .containsEntry("exitCode", 2);
    }

    @Test
    void wrongUseOfAnyVerbStartsNothing() {
        commands.and(BrokenApplication.class);
        assertThat(commands.run("migrat").err()).startsWith("There is no verb 'migrat'. Did you mean migrate");
        assertThat(commands.run("adopt").err()).isEqualTo("Missing: NAME. 'monarch help adopt' explains it.\n");
        assertThat(commands.run("adopt", "Rex", "--conform").err())
                .isEqualTo("There is no option '--conform'. Did you mean --confirm? 'monarch help adopt' explains"
                        + " it.\n");
        assertThat(commands.run("help", "adpot").err()).startsWith("There is no verb 'adpot'. Did you mean adopt");
        assertThat(commands.run("adopt", "Rex").err()).contains("this application does not start");
    }

    @Test
    void aTypoInTheNameOfAnEnvironmentStartsNothing() {
        commands.with("--monarch.environments.production.uri=mongodb://localhost:1/kennel")
                .and(BrokenApplication.class);
        for (String line : List.of(
                "migrate productoin",
                "drop-db productoin",
                "restore nightly:productoin",
                "copy-db productoin:default",
                "copy-db default:productoin",
                "rehearse productoin",
                "rehearse default --into productoin")) {
            Result result = commands.run(line.split(" "));
            assertThat(result.exit()).isEqualTo(2);
            assertThat(result.err()).contains("'productoin'", "Did you mean production?");
        }
    }

    @Test
    void helpShowsItWithoutTheApplication() {
        commands.and(BrokenApplication.class);
        assertThat(commands.run("help").out()).containsPattern("\n  adopt +Finds an animal a home.\n");
        assertThat(commands.run("help", "--all").out()).contains("\n  adopt ");
        assertThat(commands.run("help", "adopt").out()).isEqualTo("""
                        Usage: monarch adopt [-v] [--confirm] [--output=<output>] NAME...
                        Finds an animal a home.
                              NAME...             Who is adopted.
                              --confirm           Asks nothing.
                              --output=<output>   Its own, too.
                          -v                      Its own, and not Monarch's.
                        """);
        assertThat(commands.run("help", "adpot").exit()).isEqualTo(2);
    }

    @Test
    void aLibraryListsItsVerbsInAFile() {
        assertThat(commands.with("--library.mark=!").run("greet", "--whom", "Rex"))
                .isEqualTo(new Result(0, "hello Rex!\n", ""));
        commands.and(BrokenApplication.class);
        assertThat(commands.run("help").out()).containsPattern("\n  greet +Greets someone.\n");
        assertThat(commands.run("greet").err())
                .isEqualTo("Missing: --whom <whom>. 'monarch help greet' explains it.\n");
        assertThat(commands.run("gret").err()).startsWith("There is no verb 'gret'. Did you mean greet");
    }

    @Test
    void aBeanOfAnAutoConfigurationIsTheVerb() {
        assertThat(commands.and(GreetingAutoConfiguration.class).run("greet", "--whom", "Rex"))
                .isEqualTo(new Result(0, "good morning Rex\n", ""));
    }

    @Test
    void aListedClassMustBeAVerb(@TempDir Path library) throws IOException {
        Path file = library.resolve("META-INF/spring/" + MonarchCommand.class.getName() + ".imports");
        Files.createDirectories(file.getParent());
        for (String name : List.of("com.example.Missing", "java.lang.String")) {
            Files.writeString(file, name + "\n");
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {library.toUri().toURL()}, getClass().getClassLoader())) {
                Result result = new Commands().in(loader).run("help");
                assertThat(result.exit()).isEqualTo(1);
                assertThat(result.err()).startsWith("'" + name + "' is not a verb, but a file META-INF/spring/");
            }
        }
        assertThat(new Commands().run("migrate", "--help").exit()).isZero();
    }
}
