package dev.monarch.spring.boot.command;

import dev.monarch.spring.boot.advice.ExitCode;

/** Ends a command with one line for the user and an exit code. */
final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
