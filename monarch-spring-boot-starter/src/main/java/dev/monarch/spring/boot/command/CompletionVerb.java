package dev.monarch.spring.boot.command;

import org.bson.Document;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import dev.monarch.spring.boot.advice.ExitCode;

/** Prints a completion script for a shell. */
@Command(
        name = "completion",
        description = "Print a script for bash or zsh that completes verbs, options, environments and backups.",
        footer = {
            "  monarch completion", "      For a shell function named monarch.",
            "  monarch completion --command kennel", "      For a shell function named kennel."
        })
final class CompletionVerb extends Verb {

    @Option(
            names = "--command",
            paramLabel = "NAME",
            description = "The name of the shell function that calls the application. Default: monarch.")
    private String command = CommandArguments.WORD;

    @Spec
    private CommandSpec spec;

    @Override
    Report run() {
        if (!command.matches("[A-Za-z][A-Za-z0-9_-]*")) {
            throw new CommandException(
                    ExitCode.WRONG_USE, "'" + command + "' is not a valid name of a shell function, such as monarch.");
        }
        String script = CompletionScript.of(command, spec.parent().commandLine());
        return Report.done(script.lines().toList(), new Document("script", script));
    }
}
