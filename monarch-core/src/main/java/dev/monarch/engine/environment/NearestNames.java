package dev.monarch.engine.environment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Suggests similar names for a misspelt one: names that contain it, and names within a small edit distance. */
public final class NearestNames {

    private static final int MAX_SUGGESTIONS = 3;

    private static final int MAX_LISTED = 20;

    private NearestNames() {}

    /**
     * Finds similar names.
     *
     * @param typed the misspelt name
     * @param known the existing names
     * @return at most three names, the most similar first; empty if none is similar
     */
    public static List<String> to(String typed, Collection<String> known) {
        int tolerance = Math.max(2, typed.length() / 3);
        return known.stream()
                .map(name -> Map.entry(name, contains(name, typed) ? 0 : distance(typed, name)))
                .filter(candidate -> candidate.getValue() <= tolerance)
                .sorted(Comparator.comparingInt(Map.Entry::getValue))
                .limit(MAX_SUGGESTIONS)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns a "Did you mean" question.
     *
     * @param typed the misspelt name
     * @param known the existing names
     * @return the question with a leading space, to append to a message; empty if no name is similar
     */
    public static String question(String typed, Collection<String> known) {
        List<String> nearest = to(typed, known);
        return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    }

    /**
     * Lists the existing names.
     *
     * @param known the names, at least one
     * @return a sentence with a leading space, to append to a message; it lists at most twenty names
     */
    public static String listed(List<String> known) {
        return " There are: " + String.join(", ", known.subList(0, Math.min(known.size(), MAX_LISTED)))
                + (known.size() > MAX_LISTED ? " and " + (known.size() - MAX_LISTED) + " more." : ".");
    }

    /** One or two letters are contained in too many names. */
    private static boolean contains(String name, String typed) {
        return typed.length() > 2 && name.toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT));
    }

    /** {@return the Levenshtein distance: how many letters to insert, remove or replace} */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
