package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a process that is a command.
 *
 * @param spring what stands before the word {@code monarch}: Spring's own
 * @param words what stands after it: the verb and its own
 */
record CommandArguments(List<String> spring, List<String> words) {

    static final String WORD = "monarch";

    private static final String OUTPUT = "--output";

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

    /** Returns the words with the verb in its own spelling: other tools write {@code list_migrations}. */
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

    static List<String> behindTheVerb(List<String> words) {
        return words.subList(verbAt(words) + 1, words.size());
    }

    /** Options that every verb has may stand before it too. */
    private static int verbAt(List<String> words) {
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals(OUTPUT) ? 2 : 1;
        }
        return Math.min(at, words.size());
    }

    /** Looked for before anything is parsed, so that a mistake is told in the same form. */
    boolean wantJson() {
        int at = words.indexOf(OUTPUT);
        return words.contains(OUTPUT + "=json")
                || at >= 0 && at + 1 < words.size() && words.get(at + 1).equals("json");
    }

    boolean wantMore() {
        return words.contains("-v") || words.contains("--verbose");
    }
}
