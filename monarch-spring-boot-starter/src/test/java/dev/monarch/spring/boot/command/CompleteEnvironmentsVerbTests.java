package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Which names complete-environments prints for a shell. */
class CompleteEnvironmentsVerbTests {

    @Test
    void environmentsAreKnownFromThePropertiesAlone() {
        Result result = new Commands()
                .with("--monarch.environments.staging.uri=${NOWHERE}", "--monarch.environment=laptop")
                .and(BrokenApplication.class)
                .run("complete-environments");
        assertThat(result).isEqualTo(new Result(0, "laptop\nstaging\n", ""));
    }
}
