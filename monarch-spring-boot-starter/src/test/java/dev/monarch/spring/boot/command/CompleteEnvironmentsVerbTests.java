package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The names that complete-environments prints. */
class CompleteEnvironmentsVerbTests {

    @Test
    void environmentsAreReadOnlyFromTheProperties() {
        Result result = new Commands()
                .with("--monarch.environments.staging.uri=${NOWHERE}", "--monarch.environment=laptop")
                .and(BrokenApplication.class)
                .run("complete-environments");
        assertThat(result).isEqualTo(new Result(0, "laptop\nstaging\n", ""));
    }
}
