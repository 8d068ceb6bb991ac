package dev.monarch.spring.boot.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * What a verb was called with.
 *
 * @param parsed what picocli made of it
 */
record Arguments(ParseResult parsed) {

    /** The value of an option, or null if it was not given. */
    @Nullable
    String option(String name) {
        return parsed.matchedOptionValue(name, (String) null);
    }

    /** The values of an option that can be given several times. */
    List<String> options(String name) {
        return List.copyOf(parsed.matchedOptionValue(name, List.<String>of()));
    }

    int number(String name, int otherwise) {
        Integer value = parsed.matchedOptionValue(name, (Integer) null);
        return value != null ? value : otherwise;
    }

    boolean has(String name) {
        return parsed.hasMatchedOption(name);
    }

    /** The word at a place behind the verb, or null if there is none. */
    @Nullable
    String word(int index) {
        return parsed.matchedPositionalValue(index, (String) null);
    }

    String requiredWord(int index) {
        String word = word(index);
        if (word == null) {
            throw new IllegalStateException("the parser let a missing word " + index + " pass");
        }
        return word;
    }

    /** All words of a positional parameter that takes several. */
    List<String> words() {
        return List.copyOf(parsed.matchedPositionalValue(0, List.of()));
    }

    boolean json() {
        return "json".equals(option(VerbOptions.OUTPUT));
    }

    boolean verbose() {
        return has(VerbOptions.VERBOSE);
    }
}
