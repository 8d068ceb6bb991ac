package dev.monarch.spring.boot.command;

import java.util.List;
import java.util.stream.Collectors;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExitCodeExceptionMapper;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import dev.monarch.spring.boot.advice.ExitCode;

/** Explains failures in one line and maps them to exit codes, for picocli and for the start of an application. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler, IExitCodeExceptionMapper {

    private final CommandSession session;

    /** What the command works on. Its address is only looked up after a failure. */
    private volatile Place place = Place.named(null);

    Failures(CommandSession session) {
        this.session = session;
    }

    void at(Place newPlace) {
        this.place = newPlace;
    }

    CommandLine handleThoseOf(CommandLine commandLine) {
        return commandLine
                .setParameterExceptionHandler(this)
                .setExecutionExceptionHandler(this)
                .setExitCodeExceptionMapper(this);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] words) {
        String verb = failure.getCommandLine().getCommandName();
        String hint = verb.equals(CommandArguments.WORD)
                ? " 'monarch help' lists the verbs."
                : " 'monarch help " + verb + "' explains it.";
        return report(new CommandException(ExitCode.WRONG_USE, whatIsWrong(failure) + hint));
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine verb, ParseResult parsed) {
        return report(failure);
    }

    @Override
    public int getExitCode(Throwable failure) {
        return explain(failure).exitCode().code();
    }

    int report(Throwable failure) {
        Explanation explanation = explain(failure);
        session.print(explanation, failure);
        return explanation.exitCode().code();
    }

    private Explanation explain(Throwable failure) {
        return Explanation.of(failure, place);
    }

    private static String whatIsWrong(ParameterException failure) {
        CommandLine commandLine = failure.getCommandLine();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (word.startsWith("-")) {
                String option = word.split("=", 2)[0];
                return "There is no option '" + option + "'."
                        + (option.contains(".")
                                ? " Spring's arguments precede the word monarch."
                                : didYouMean(unmatched));
            }
            return commandLine.getSubcommands().isEmpty()
                    ? "Unexpected argument: '" + word + "'."
                    : "There is no verb '" + word + "'." + didYouMean(unmatched);
        }
        if (failure.getArgSpec() == null && failure.getValue() != null && commandLine.getParent() == null) {
            // Thrown by picocli's help command.
            return whatIsWrong(new UnmatchedArgumentException(commandLine, List.of(failure.getValue())));
        }
        if (failure instanceof MissingParameterException missing) {
            List<ArgSpec> arguments = missing.getMissing();
            return "Missing: " + (arguments.stream().anyMatch(argument -> argument.group() != null) ? "one of " : "")
                    + arguments.stream().map(Failures::label).collect(Collectors.joining(", ")) + ".";
        }
        return String.valueOf(failure.getMessage()).replaceFirst("^Error: ", "") + ".";
    }

    private static String didYouMean(UnmatchedArgumentException unmatched) {
        List<String> near = unmatched.getSuggestions();
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            return option.arity().max() == 0 ? option.longestName() : option.longestName() + " " + option.paramLabel();
        }
        return argument.paramLabel();
    }
}
