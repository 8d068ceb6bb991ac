package dev.monarch.spring.boot.command;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import dev.monarch.OperationRefusedException;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Requirement;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;
import dev.monarch.spring.boot.advice.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The prompts follow the guard's table, and the answers satisfy the guard. */
class ConfirmationTableTests {

    private static final MonarchEnvironment LOOPBACK = environment("development", Protection.DEFAULT, "localhost");

    private static final MonarchEnvironment REMOTE = environment("staging", Protection.of(false), "db.example.com");

    private static final MonarchEnvironment PROTECTED = environment("production", Protection.DEFAULT, "localhost");

    private final Guard guard = new Guard(true);

    @ParameterizedTest
    @EnumSource
    void theConfirmationSatisfiesTheGuard(GuardedOperation operation) {
        for (MonarchEnvironment environment : List.of(LOOPBACK, REMOTE, PROTECTED)) {
            Requirement requirement = operation.requirementOn(environment.exposure());
            List<String> typed = switch (requirement) {
                case NOTHING -> List.of();
                case CONFIRMATION -> List.of("Y");
                case NAME, SWITCH -> List.of(environment.name());
            };
            Approval approval = confirm(operation, environment, typed);
            guard.check(operation, environment, approval);
            if (requirement != Requirement.NOTHING) {
                assertThatThrownBy(() -> confirm(operation, environment, List.of("no")))
                        .isInstanceOfSatisfying(
                                CommandException.class,
                                declined -> assertThat(declined.exitCode()).isEqualTo(ExitCode.REFUSED));
                assertThatThrownBy(() -> confirm(operation, environment, List.of()))
                        .isInstanceOf(CommandException.class);
                assertThatThrownBy(() -> guard.check(operation, environment, Approval.none()))
                        .isInstanceOf(OperationRefusedException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--yes", "--confirm=staging"})
    void aRemoteEnvironmentAcceptsTheNameOrAYes(String option) {
        Approval approval =
                confirmation(console(List.of(), false), option).get(GuardedOperation.ROLL_BACK, REMOTE, List.of());
        guard.check(GuardedOperation.ROLL_BACK, REMOTE, approval);
    }

    @Test
    void withoutATerminalThereIsNoPrompt() {
        assertThatThrownBy(() ->
                        confirmation(console(List.of("y"), false)).get(GuardedOperation.ROLL_BACK, REMOTE, List.of()))
                .hasMessage(
                        "Declined: there is no terminal to ask on: confirm with --yes or --confirm staging. Nothing has"
                                + " happened.");
    }

    private static Approval confirm(GuardedOperation operation, MonarchEnvironment environment, List<String> typed) {
        return confirmation(console(typed, true)).get(operation, environment, List.of("the plan"));
    }

    private static Confirmation confirmation(CommandConsole console, String... options) {
        return CommandLine.populateCommand(new Confirmation(console), options);
    }

    private static CommandConsole console(List<String> typed, boolean terminal) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new CommandConsole(
                nowhere, nowhere, new BufferedReader(new StringReader(String.join("\n", typed))), terminal, false);
    }

    private static MonarchEnvironment environment(String name, Protection protection, String host) {
        return MonarchEnvironment.lazily(name, protection, () -> new EnvironmentConnection() {

            @Override
            public EnvironmentAddress address() {
                return new EnvironmentAddress(List.of(host), "kennel");
            }

            @Override
            public MongoClient open() {
                throw new AssertionError("nobody needs a client to ask");
            }
        });
    }
}
