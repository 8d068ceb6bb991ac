package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

/** The option and the question for something that harms no environment but cannot be undone. */
final class Yes {

    @Option(names = "--yes", description = "Say yes without a question.")
    private boolean yes;

    private final CommandConsole console;

    Yes(CommandConsole console) {
        this.console = console;
    }

    /**
     * Asks, unless the answer was given with the command.
     *
     * @param question ends with a question mark
     * @throws CommandException if the user does not say yes; nothing has happened
     */
    void require(String question) {
        if (yes) {
            return;
        }
        if (!console.isATerminal()) {
            throw Confirmation.declined("there is no terminal to ask on: confirm with --yes");
        }
        Confirmation.requireYes(console.ask(question + " [y/N]"));
    }
}
