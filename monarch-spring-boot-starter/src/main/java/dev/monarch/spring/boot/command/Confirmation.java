package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;

import dev.monarch.environment.Approval;
import dev.monarch.environment.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.environment.Requirement;

/** Shows what is going to happen, and gets from the user what the guard wants to hear. */
final class Confirmation {

    private final Arguments arguments;

    private final CommandConsole console;

    Confirmation(Arguments arguments, CommandConsole console) {
        this.arguments = arguments;
        this.console = console;
    }

    /**
     * Gets an approval.
     *
     * @param operation what is to be done
     * @param environment where
     * @param plan what will be lost and what will come, in lines
     * @return what the guard asks for
     * @throws CommandException if the user does not give it; nothing has happened
     */
    Approval get(GuardedOperation operation, MonarchEnvironment environment, List<String> plan) {
        return get(
                operation.requirementOn(environment.exposure()),
                environment,
                "'" + environment.name() + "' is protected",
                plan);
    }

    /**
     * Gets an approval that names the environment, whether or not it is protected.
     *
     * @param reason why a plain yes does not suffice, as a clause
     * @param plan what will be lost and what will come, in lines
     * @return what the guard asks for
     * @throws CommandException if the user does not give it; nothing has happened
     */
    Approval byName(MonarchEnvironment environment, String reason, List<String> plan) {
        return get(Requirement.NAME, environment, reason, plan);
    }

    private Approval get(
            Requirement requirement, MonarchEnvironment environment, String whyTheName, List<String> plan) {
        plan.stream().map(Printable::line).forEach(console.err()::println);
        console.err().flush();
        String name = environment.name();
        String given = arguments.option(VerbOptions.CONFIRM);
        if (given != null) {
            if (!given.equals(name)) {
                throw declined("--confirm says '" + given + "', and this is '" + name + "'");
            }
            return Approval.naming(name);
        }
        return switch (requirement) {
            case NOTHING -> Approval.none();
            case CONFIRMATION -> yes(name);
            case NAME, SWITCH -> name(name, whyTheName);
        };
    }

    private Approval yes(String environment) {
        if (arguments.has(VerbOptions.YES)) {
            return Approval.confirmed();
        }
        if (!console.isATerminal()) {
            throw declined("there is no terminal to ask on: confirm with --yes or --confirm " + environment);
        }
        String answer = console.ask("Go on with '" + environment + "'? [y/N]");
        if (answer == null || !List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw declined("that was not a yes");
        }
        return Approval.confirmed();
    }

    private Approval name(String environment, String why) {
        if (!console.isATerminal()) {
            throw declined(why
                    + (arguments.has(VerbOptions.YES)
                            ? ", and --yes does not suffice"
                            : ", and there is no terminal to ask on")
                    + ": confirm with --confirm " + environment);
        }
        String answer = console.ask("Since " + why + ", type its name to go on:");
        if (answer == null || !answer.strip().equals(environment)) {
            throw declined("that was not its name");
        }
        return Approval.naming(environment);
    }

    private static CommandException declined(String reason) {
        return new CommandException(ExitCode.REFUSED, "Declined: " + reason + ". Nothing has happened.");
    }
}
