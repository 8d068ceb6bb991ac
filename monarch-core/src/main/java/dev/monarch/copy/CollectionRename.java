package dev.monarch.copy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What collections are called where they are copied to.
 *
 * @param from a name, or a pattern with one {@code *} that stands for any characters
 * @param to the other name; with a {@code *} for the same characters if {@code from} has one
 */
public record CollectionRename(String from, String to) {

    private static final String STAR = "*";

    /**
     * Creates a rename.
     *
     * @param from a name, or a pattern
     * @param to the other name
     * @throws IllegalArgumentException if a name is empty, or they have not as many stars, or more than one
     */
    public CollectionRename {
        if (from.isEmpty() || to.isEmpty()) {
            throw new IllegalArgumentException(
                    "A collection cannot be renamed from '" + from + "' to '" + to + "': a name must not be empty");
        }
        long stars = stars(from);
        if (stars > 1 || stars != stars(to)) {
            throw new IllegalArgumentException(
                    "A collection cannot be renamed from '" + from + "' to '" + to + "': both need one *, or none");
        }
    }

    private static long stars(String text) {
        return text.chars().filter(character -> character == '*').count();
    }

    /**
     * Renames a collection.
     *
     * @param collection its name
     * @return its other name, or the same if this is about others
     */
    public String apply(String collection) {
        if (!from.contains(STAR)) {
            return collection.equals(from) ? to : collection;
        }
        String expression = Stream.of(from.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(.*)"));
        Matcher matcher = Pattern.compile(expression, Pattern.DOTALL).matcher(collection);
        return matcher.matches() ? to.replace(STAR, matcher.group(1)) : collection;
    }
}
