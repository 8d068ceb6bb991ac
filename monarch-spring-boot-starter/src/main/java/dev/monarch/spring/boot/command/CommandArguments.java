package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a process that is a command.
 *
 * @param spring the arguments before the word {@code monarch}, which belong to Spring
 * @param words the arguments after it: the verb and its own arguments
 */
record CommandArguments(List<String> spring, List<String> words) {

    static final String WORD = "monarch";

    private static final String OUTPUT = "--output";

    /** Only the first argument that is not an option counts. A later one belongs to the application. */
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

    /** Returns the arguments with the verb in Monarch's spelling. Other tools write {@code list_migrations}. */
    List<String> wordsFor(Set<String> verbs) {
        List<String> all = new ArrayList<>(words);
        int at = verbAt(words);
        for (int i = at; i < all.size() && (i == at || all.get(at).equals("help")); i++) {
            String dashed = all.get(i).replace('_', '-');
            all.set(i, verbs.contains(dashed) ? dashed : all.get(i));
        }
        return all;
    }

    /** Returns the verb, if there is one. */
    static Optional<String> verbIn(List<String> words) {
        return words.stream().skip(verbAt(words)).findFirst();
    }

    static List<String> afterVerb(List<String> words) {
        return words.subList(verbAt(words) + 1, words.size());
    }

    /** Options that every verb has may also precede the verb. */
    private static int verbAt(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals(OUTPUT) ? 2 : 1;
        }
        return Math.min(at, words.size());
    }

    /** Read before parsing, so that parse errors have the requested format. */
    boolean wantJson() {
        int at = words.indexOf(OUTPUT);
        return words.contains(OUTPUT + "=json")
                || at >= 0 && at + 1 < words.size() && words.get(at + 1).equals("json");
    }

    boolean wantVerbose() {
        return words.contains("-v") || words.contains("--verbose");
    }
}
