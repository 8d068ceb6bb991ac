package dev.monarch.spring.boot.command;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Verbs that are beans of the application, found without a database. */
class ApplicationVerbTests {

    private final Commands commands = new Commands().with("--spring.mongodb.uri=mongodb://localhost:1/none");

    @Test
    void aBeanIsAVerbAndGetsEverythingBehindItsName() {
        Result result = commands.run("adopt", "Rex", "--confirm", "-v", "--output=json");
        assertThat(result).isEqualTo(new Result(0, "adopted Rex and --confirm and -v and --output=json\n", ""));
    }

    @Test
    void whatItReturnsIsTheExitCode() {
        assertThat(commands.run("adopt", "none").exit()).isEqualTo(7);
    }

    @Test
    void whatItThrowsIsOneLine() {
        Result result = commands.and(Failing.class).run("fail");
        assertThat(result)
                .isEqualTo(new Result(
                        1, "", "Failed: no luck with //***@host (-v shows where, and the application's logs).\n"));
        Result verbose = commands.run("-v", "fail");
        assertThat(verbose.err()).contains("\tat ").doesNotContain("hunter2");
    }

    @Test
    void anUnknownVerbIsAnsweredWithTheNearestOfBothKinds() {
        Result result = commands.run("adpot");
        assertThat(result)
                .isEqualTo(new Result(
                        2, "", "There is no verb 'adpot'. Did you mean adopt? 'monarch help' lists them.\n"));
        assertThat(commands.run("migrat", "--output", "json").json())
                .containsEntry(
                        "error",
                        "There is no verb 'migrat'. Did you mean migrate or migrate-one? 'monarch help'"
                                + " lists them.")
                .containsEntry("exitCode", 2);
    }

    @Test
    void anUnknownVerbIsUnknownAlsoWhereTheApplicationCannotBeAsked() {
        Result result = commands.and(Broken.class).run("migrat");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("There is no verb 'migrat'. Did you mean migrate");
    }

    @Test
    void helpShowsItWhenAsked() {
        assertThat(commands.run("help", "--all").out()).containsPattern("\n  adopt +Finds an animal a home.\n");
        assertThat(commands.run("help").out()).doesNotContain("adopt ");
        assertThat(commands.run("help", "adopt").out()).isEqualTo("""
                        monarch adopt
                        Finds an animal a home.
                        A verb of this application's own: everything behind it is passed on to it.
                        """);
        assertThat(commands.run("help", "adpot").exit()).isEqualTo(2);
    }

    @Configuration(proxyBeanMethods = false)
    static class Failing {

        @Bean
        MonarchCommand fail() {
            return new MonarchCommand() {

                @Override
                public String name() {
                    return "fail";
                }

                @Override
                public String description() {
                    return "Fails.";
                }

                @Override
                public int run(CommandContext context) throws Exception {
                    throw new IOException("no luck with //keeper:hunter2@host\nand more");
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        static BeanFactoryPostProcessor broken() {
            throw new IllegalStateException("this application does not start");
        }
    }
}
