package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.Model.ArgSpec;

import dev.monarch.transfer.CollectionSelection;

/** The options that choose collections. */
final class Selecting {

    private static final String ONLY = "--only";

    private static final String EXCLUDE = "--exclude";

    private Selecting() {}

    static List<ArgSpec> options() {
        return List.of(
                VerbOptions.value(ONLY, "NAMES", "Only these collections: names with commas between, * for any."),
                VerbOptions.value(EXCLUDE, "NAMES", "Not these collections."));
    }

    static CollectionSelection of(Arguments arguments) {
        return new CollectionSelection(patterns(arguments, ONLY), patterns(arguments, EXCLUDE));
    }

    /** An option without a name, as an unset variable of a script makes it, must not mean everything. */
    private static List<String> patterns(Arguments arguments, String option) {
        String text = arguments.option(option);
        if (text == null) {
            return List.of();
        }
        List<String> patterns = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (patterns.isEmpty()) {
            throw new CommandException(
                    ExitCode.WRONG_USE, option + " names no collection; leave it out if all are meant.");
        }
        return patterns;
    }
}
