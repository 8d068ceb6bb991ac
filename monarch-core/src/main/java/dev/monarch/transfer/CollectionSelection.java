package dev.monarch.transfer;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.transfer.CollectionOwner;

/**
 * Selects collections by name patterns.
 *
 * <p>In a pattern, {@code *} matches any number of characters, including none. {@code \*} matches a literal asterisk.
 *
 * @param only patterns of the selected collections; empty for all
 * @param exclude patterns of excluded collections; they take precedence
 */
public record CollectionSelection(List<String> only, List<String> exclude) {

    /** Selects all collections. */
    public static final CollectionSelection ALL = new CollectionSelection(List.of(), List.of());

    private static final Pattern STAR = Pattern.compile("(?<!\\\\)\\*");

    public CollectionSelection {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }

    /**
     * Tells whether all collections are selected.
     *
     * @return true if there is no pattern
     */
    public boolean isWhole() {
        return only.isEmpty() && exclude.isEmpty();
    }

    /**
     * Tells whether a collection is selected.
     *
     * @param collection its name
     * @return true if it is
     */
    public boolean selects(String collection) {
        return (only.isEmpty() || matchesAny(only, collection)) && !matchesAny(exclude, collection);
    }

    /**
     * Returns the patterns in {@link #only()} that do not match any collection and are probably misspelt. The names of
     * Monarch's own collections and of the history are not reported, because these need not exist.
     *
     * @param collections the names of the existing collections
     * @param history the migration history collection
     * @return the patterns without a match
     */
    public List<String> matchingNone(List<String> collections, String history) {
        return only.stream()
                .filter(pattern -> !pattern.equals(history) && CollectionOwner.of(pattern) != CollectionOwner.MONARCH)
                .filter(pattern -> collections.stream().noneMatch(name -> matches(pattern, name)))
                .toList();
    }

    /**
     * Checks that every pattern in {@link #only()} matches a collection.
     *
     * @param collections the names of the existing collections
     * @param history the migration history collection, which need not exist
     * @param environment the name of the environment
     * @param operation the operation, as a verb
     * @throws InvalidRequestException if a pattern in {@link #only()} matches no collection
     */
    public void requireMatches(List<String> collections, String history, String environment, String operation) {
        List<String> problems = matchingNone(collections, history).stream()
                .map(pattern -> "No collection matches '" + pattern + "'." + NearestNames.question(pattern, collections)
                        + existing(collections))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, operation + " only some collections", problems);
        }
    }

    private static String existing(List<String> names) {
        return names.isEmpty() ? " The database has no collections." : NearestNames.listed(names);
    }

    private static boolean matchesAny(List<String> patterns, String collection) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, collection));
    }

    private static boolean matches(String pattern, String collection) {
        String expression = Stream.of(STAR.split(pattern, -1))
                .map(part -> Pattern.quote(part.replace("\\*", "*")))
                .collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(collection).matches();
    }
}
