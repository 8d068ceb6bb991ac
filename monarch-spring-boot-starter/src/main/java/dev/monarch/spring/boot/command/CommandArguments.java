package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a process that is a command.
 *
 * @param spring what stands before the word {@code monarch}: Spring's own
 * @param words what stands after it: the verb and its own
 */
record CommandArguments(List<String> spring, List<String> words) {

    static final String WORD = "monarch";

    /** The word must be the first that is no option: behind another it would be an argument of the application's own. */
    static Optional<CommandArguments> in(String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("-")) {
                List<String> all = Arrays.asList(arguments);
                return arguments[i].equals(WORD)
                        ? Optional.of(new CommandArguments(
                                List.copyOf(all.subList(0, i)), List.copyOf(all.subList(i + 1, all.size()))))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Looked for before anything is parsed, so that a mistake is told in the same form. */
    boolean wantJson() {
        int at = words.indexOf(VerbOptions.OUTPUT);
        return words.contains(VerbOptions.OUTPUT + "=json")
                || at >= 0 && at + 1 < words.size() && words.get(at + 1).equals("json");
    }

    boolean wantMore() {
        return words.contains("-v") || words.contains(VerbOptions.VERBOSE);
    }
}
