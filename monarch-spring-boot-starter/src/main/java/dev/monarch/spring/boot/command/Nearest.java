package dev.monarch.spring.boot.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The names a person may have meant. */
final class Nearest {

    private static final int AT_MOST = 3;

    private Nearest() {}

    static List<String> to(String typed, Collection<String> known) {
        int tolerance = Math.max(2, typed.length() / 3);
        return known.stream()
                .map(name -> Map.entry(name, startsLike(typed, name) ? 0 : distance(typed, name)))
                .filter(candidate -> candidate.getValue() <= tolerance)
                .sorted(Comparator.comparingInt(Map.Entry::getValue))
                .limit(AT_MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A clause to be put behind a message, or nothing. */
    static String question(String typed, Collection<String> known) {
        List<String> nearest = to(typed, known);
        return nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?";
    }

    private static boolean startsLike(String typed, String name) {
        return typed.length() > 2 && name.startsWith(typed.toLowerCase(Locale.ROOT));
    }

    /** How many letters to insert, remove or replace, after Levenshtein. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
