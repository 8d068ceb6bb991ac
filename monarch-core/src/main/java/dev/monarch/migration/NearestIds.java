package dev.monarch.migration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The ids a person may have meant: those that contain what was typed, and those few letters away from it. */
final class NearestIds {

    private static final int AT_MOST = 3;

    private NearestIds() {}

    static List<String> to(String typed, Collection<String> known) {
        int tolerance = Math.max(2, typed.length() / 3);
        return known.stream()
                .map(id -> Map.entry(id, typed.isEmpty() || !id.contains(typed) ? distance(typed, id) : 0))
                .filter(candidate -> candidate.getValue() <= tolerance)
                .sorted(Comparator.comparingInt(Map.Entry::getValue))
                .limit(AT_MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The Levenshtein distance: how many letters to insert, remove or replace. */
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
