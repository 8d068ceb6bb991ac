package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import dev.monarch.engine.environment.NearestNames;

/** Reads a command line, without anything of the application: help and wrong use are answered at once. */
final class CommandParser {

    private final Verbs verbs;

    CommandParser(Verbs verbs) {
        this.verbs = verbs;
    }

    /**
     * Reads what stands behind the word {@code monarch}.
     *
     * @throws CommandException if it makes no sense
     */
    Call parse(List<String> words) {
        int at = verbAt(words);
        if (at == words.size()) {
            if (words.contains(VerbOptions.HELP) || words.contains("-h")) {
                return call(new HelpVerb(verbs), List.of());
            }
            throw new CommandException(ExitCode.WRONG_USE, "No verb was given; 'monarch help' lists them.");
        }
        String name = words.get(at);
        Optional<Verb> verb = verbs.find(name);
        if (verb.isEmpty()) {
            // Only a context knows the application's own verbs, for they are beans. So this is the one mistake that is
            // not
            // answered at once.
            return call(new ApplicationVerb(name, words.subList(at + 1, words.size()), verbs), words.subList(0, at));
        }
        List<String> rest = new ArrayList<>(words.subList(at + 1, words.size()));
        rest.addAll(0, words.subList(0, at));
        Call call = call(verb.get(), rest);
        if (call.arguments().has(VerbOptions.HELP)) {
            return call(new HelpVerb(verbs), List.of(verb.get().description().name()));
        }
        return verb.get() instanceof HelpVerb ? ofHelp(call) : call;
    }

    /** Options that every verb has may stand before it too. */
    private static int verbAt(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals(VerbOptions.OUTPUT) ? 2 : 1;
        }
        return Math.min(at, words.size());
    }

    private Call ofHelp(Call call) {
        String about = call.arguments().word(0);
        boolean known = about == null || verbs.find(about).isPresent();
        return known && !call.arguments().has(HelpVerb.ALL)
                ? call
                : new Call(new ApplicationHelp(verbs), call.arguments());
    }

    private static Call call(Verb verb, List<String> words) {
        CommandLine commandLine = Usage.of(verb.description());
        try {
            ParseResult parsed = commandLine.parseArgs(words.toArray(String[]::new));
            return new Call(verb, new Arguments(parsed));
        } catch (ParameterException e) {
            throw new CommandException(
                    ExitCode.WRONG_USE,
                    whatIsWrong(e, commandLine) + " 'monarch help "
                            + verb.description().name() + "' shows how it is used.");
        }
    }

    private static String whatIsWrong(ParameterException e, CommandLine commandLine) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            if (!word.startsWith("-")) {
                return "There is one word too many: '" + word + "'.";
            }
            String option = word.split("=", 2)[0];
            return "There is no option '" + option + "'."
                    + (option.contains(".")
                            ? " Spring's own arguments stand before the word monarch."
                            : NearestNames.question(
                                    option,
                                    commandLine.getCommandSpec().optionsMap().keySet()));
        }
        if (e instanceof MissingParameterException missing) {
            return "Missing: "
                    + String.join(
                            ", ",
                            missing.getMissing().stream()
                                    .map(CommandParser::label)
                                    .toList())
                    + ".";
        }
        return e.getMessage() + ".";
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }
}
