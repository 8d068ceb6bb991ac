package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.Guard.GuardedOperation.Requirement;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.advice.ExitCode;

/** The options that confirm an operation. Without them, it shows the plan and asks for what the guard requires. */
final class Confirmation {

    @Option(
            names = "--confirm",
            paramLabel = "NAME",
            description = "Confirm with the environment's name instead of being asked.",
            completionCandidates = Completion.Environments.class)
    private @Nullable String confirm;

    @Option(names = "--yes", description = "Confirm without being asked. Not enough for a protected environment.")
    private boolean yes;

    private final CommandConsole console;

    Confirmation(CommandConsole console) {
        this.console = console;
    }

    /**
     * Gets an approval.
     *
     * @param operation the operation
     * @param environment its environment
     * @param plan the lines that say what will be lost and what will be loaded
     * @return the approval that the guard requires
     * @throws CommandException if the user declines; nothing has happened
     */
    Approval get(GuardedOperation operation, MonarchEnvironment environment, List<String> plan) {
        return get(
                operation.requirementOn(environment.exposure()),
                environment,
                "'" + environment.name() + "' is protected",
                plan);
    }

    /**
     * Gets an approval with the environment's name, even if it is not protected.
     *
     * @param reason why a yes is not enough, as a clause
     * @param plan the lines that say what will be lost and what will be loaded
     * @return the approval that the guard requires
     * @throws CommandException if the user declines; nothing has happened
     */
    Approval byName(MonarchEnvironment environment, String reason, List<String> plan) {
        return get(Requirement.NAME, environment, reason, plan);
    }

    /**
     * The approval that one of several environments needs.
     *
     * @param environment the environment
     * @param requirement what the guard requires
     * @param whyTheName why a yes is not enough, as a clause; used only if it is not
     */
    record Need(MonarchEnvironment environment, Requirement requirement, String whyTheName) {}

    /**
     * Gets an approval for each of several environments, of which {@code --confirm} names any number.
     *
     * @param needs what each needs
     * @param plan the lines that say what will be lost and what will be loaded
     * @return an approval that satisfies the guard for all of them
     * @throws CommandException if the user declines; nothing has happened
     */
    Approval each(List<Need> needs, List<String> plan) {
        console.show(plan);
        List<String> all = needs.stream().map(need -> need.environment().name()).toList();
        List<String> named = named(all);
        Approval approval = Approval.none();
        for (String name : named) {
            approval = approval.and(Approval.naming(name));
        }
        List<Need> left = needs.stream()
                .filter(need -> !named.contains(need.environment().name()))
                .toList();
        List<String> content = left.stream()
                .filter(need -> need.requirement() == Requirement.CONFIRMATION)
                .map(need -> need.environment().name())
                .toList();
        if (!content.isEmpty()) {
            approval = approval.and(yes(String.join("', '", content), String.join(",", all)));
        }
        for (Need need : left) {
            String name = need.environment().name();
            if (need.requirement() == Requirement.NAME || need.requirement() == Requirement.SWITCH) {
                approval = approval.and(name(name, need.whyTheName(), String.join(",", all)));
            }
        }
        return approval;
    }

    private List<String> named(List<String> all) {
        String given = confirm;
        List<String> named = given == null
                ? List.of()
                : Stream.of(given.split(",")).map(String::strip).distinct().toList();
        for (String name : named) {
            if (!all.contains(name)) {
                throw declined(
                        "--confirm names '" + name + "', but the environments are '" + String.join("', '", all) + "'");
            }
        }
        return named;
    }

    private Approval get(
            Requirement requirement, MonarchEnvironment environment, String whyTheName, List<String> plan) {
        console.show(plan);
        String name = environment.name();
        String given = confirm;
        if (given != null) {
            if (!given.equals(name)) {
                throw declined("--confirm names '" + given + "', but the environment is '" + name + "'");
            }
            return Approval.naming(name);
        }
        return switch (requirement) {
            case NOTHING -> Approval.none();
            case CONFIRMATION -> yes(name, name);
            case NAME, SWITCH -> name(name, whyTheName, name);
        };
    }

    /**
     * Asks a yes-or-no question.
     *
     * @param environment the environment
     * @param confirm the value of {@code --confirm} that would confirm it
     */
    private Approval yes(String environment, String confirm) {
        if (yes) {
            return Approval.confirmed();
        }
        if (!console.isTerminal()) {
            throw declined("there is no terminal to ask on: confirm with --yes or --confirm " + confirm);
        }
        requireYes(console.ask("Continue with '" + environment + "'? [y/N]"));
        return Approval.confirmed();
    }

    private Approval name(String environment, String why, String confirm) {
        if (!console.isTerminal()) {
            throw declined(why
                    + (yes ? ", and --yes does not suffice" : ", and there is no terminal to ask on")
                    + ": confirm with --confirm " + confirm);
        }
        String answer = console.ask(why + ". Type the name of the environment to continue:");
        if (answer == null || !answer.strip().equals(environment)) {
            throw declined("the name does not match");
        }
        return Approval.naming(environment);
    }

    static void requireYes(@Nullable String answer) {
        if (answer == null || !List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw declined("the answer was not yes");
        }
    }

    static CommandException declined(String reason) {
        return new CommandException(ExitCode.REFUSED, "Declined: " + reason + ". Nothing has happened.");
    }
}
