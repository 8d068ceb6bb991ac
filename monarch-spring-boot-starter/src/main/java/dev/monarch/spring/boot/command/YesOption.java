package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

/**
 * The option {@code --yes}, and the question without it, for an operation that changes no environment but cannot be
 * undone.
 */
final class YesOption {

    @Option(names = "--yes", description = "Confirm without being asked.")
    private boolean yes;

    private final CommandConsole console;

    YesOption(CommandConsole console) {
        this.console = console;
    }

    /**
     * Asks, unless the option was given.
     *
     * @param question the question, with a question mark
     * @throws CommandException if the user declines; nothing has happened
     */
    void require(String question) {
        if (yes) {
            return;
        }
        if (!console.isTerminal()) {
            throw Confirmation.declined("there is no terminal to ask on: confirm with --yes");
        }
        Confirmation.requireYes(console.ask(question + " [y/N]"));
    }
}
