package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.Locale;

/** A yes to something that no environment can be harmed by, and that cannot be undone. */
final class PlainYes {

    private PlainYes() {}

    /**
     * Asks, unless the answer was given with the command.
     *
     * @param question ends with a question mark
     * @throws CommandException if the user does not say yes; nothing has happened
     */
    static void require(Arguments arguments, CommandConsole console, String question) {
        if (arguments.has(VerbOptions.YES)) {
            return;
        }
        if (!console.isATerminal()) {
            throw declined("there is no terminal to ask on: confirm with --yes");
        }
        String answer = console.ask(question + " [y/N]");
        if (answer == null || !List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT))) {
            throw declined("that was not a yes");
        }
    }

    private static CommandException declined(String reason) {
        return new CommandException(ExitCode.REFUSED, "Declined: " + reason + ". Nothing has happened.");
    }
}
