package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
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
        return new CollectionSelection(patterns(arguments.option(ONLY)), patterns(arguments.option(EXCLUDE)));
    }

    private static List<String> patterns(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(pattern -> !pattern.isEmpty())
                        .toList();
    }
}
