package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.spring.boot.advice.ExitCode;

/** The command {@code monarch}, which a verb follows. */
@Command(
        name = CommandArguments.WORD,
        customSynopsis = "java -jar app.jar [SPRING ARGUMENTS] monarch VERB [ARGUMENTS]",
        sortOptions = false,
        optionListHeading = "%n",
        commandListHeading = "%nVerbs:%n",
        footer = {"", "'monarch help VERB' explains a verb."})
class Monarch implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(names = "--version", order = 103, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Override
    public Integer call() {
        throw new CommandException(ExitCode.WRONG_USE, "No verb was given; 'monarch help' lists the verbs.");
    }
}
