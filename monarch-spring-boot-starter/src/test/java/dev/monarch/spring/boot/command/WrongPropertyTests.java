package dev.monarch.spring.boot.command;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.spring.boot.command.Commands.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The error for an invalid property: its name, its value, and the valid values. */
class WrongPropertyTests {

    private static final String NO_SERVER =
            "--spring.mongodb.uri=mongodb://localhost:1/kennel?serverSelectionTimeoutMS=50";

    private static Result status(String property) {
        return new Commands().with(NO_SERVER, "--" + property).run("status");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "monarch.migrations.run-at=sometime | it is 'sometime', and must be one of early, startup, ready, validate, never.",
                "monarch.migrations.out-of-order=often | it is 'often', and must be one of run, warn, refuse.",
                "monarch.lock.lease=soon | it is 'soon', and cannot be read as Duration: 'soon' is not a valid duration.",
                "monarch.migrations.max-attempts=many | it is 'many', and cannot be read as int: For input string: \"many\".",
            })
    void anInvalidValueIsReportedWithThePropertyAndTheValidValues(String property, String said) {
        Result result = status(property);
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("Cannot read the property " + property.split("=", 2)[0] + " (")
                .endsWith(": " + said + "\n");
    }

    @Test
    void aPropertyThatMayHoldASecretIsNotQuoted() {
        Result result = status("spring.mongodb.uri.hunter2=x");
        assertThat(result.out() + result.err()).doesNotContain("hunter2=x");
        Result password = new Commands()
                .with(NO_SERVER, "--monarch.environments.other.password.hunter2=hunter3")
                .run("list-environments");
        assertThat(password.out() + password.err()).doesNotContain("hunter3");
    }
}
