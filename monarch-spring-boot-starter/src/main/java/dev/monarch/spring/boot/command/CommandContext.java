package dev.monarch.spring.boot.command;

import java.io.PrintStream;
import java.util.List;

/**
 * What a {@link MonarchCommand} is called with.
 *
 * @param arguments everything that stands after the verb, as it was typed
 * @param output the standard output of the process; {@code System.out} goes to standard error while a command runs
 */
public record CommandContext(List<String> arguments, PrintStream output) {

    /**
     * Creates a context.
     *
     * @param arguments everything that stands after the verb
     * @param output the standard output of the process
     */
    public CommandContext {
        arguments = List.copyOf(arguments);
    }
}
