package dev.monarch.transfer;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.transfer.CollectionOwner;

/**
 * Which collections an operation is about.
 *
 * <p>A pattern is a name in which {@code *} stands for any characters, none included; {@code \*} is a star of the name.
 *
 * @param only the patterns of those that are wanted; all if empty
 * @param exclude the patterns of those that are not, which outweigh the others
 */
public record CollectionSelection(List<String> only, List<String> exclude) {

    /** Everything. */
    public static final CollectionSelection ALL = new CollectionSelection(List.of(), List.of());

    private static final Pattern STAR = Pattern.compile("(?<!\\\\)\\*");

    public CollectionSelection {
        only = List.copyOf(only);
        exclude = List.copyOf(exclude);
    }

    /**
     * Tells whether nothing is left out.
     *
     * @return true if every collection is selected
     */
    public boolean isWhole() {
        return only.isEmpty() && exclude.isEmpty();
    }

    /**
     * Tells whether a collection is wanted.
     *
     * @param collection its name
     * @return true if so
     */
    public boolean selects(String collection) {
        return (only.isEmpty() || matchesAny(only, collection)) && !matchesAny(exclude, collection);
    }

    /**
     * Returns the patterns in {@link #only()} that match none of these names: probably misspelt. What is Monarch's own need
     * not be there: a database that was never migrated has no history.
     *
     * @param collections the names there are
     * @param history the collection of the migration history
     * @return the patterns
     */
    public List<String> matchingNone(List<String> collections, String history) {
        return only.stream()
                .filter(pattern -> !pattern.equals(history) && CollectionOwner.of(pattern) != CollectionOwner.MONARCH)
                .filter(pattern -> collections.stream().noneMatch(name -> matches(pattern, name)))
                .toList();
    }

    /**
     * Refuses a selection that is probably misspelt.
     *
     * @param collections the names there are
     * @param history the collection of the migration history, which need not be there
     * @param environment whose they are
     * @param operation what is to be done with them, as a verb
     * @throws InvalidRequestException if a pattern in {@link #only()} matches none of them
     */
    public void requireMatches(List<String> collections, String history, String environment, String operation) {
        List<String> problems = matchingNone(collections, history).stream()
                .map(pattern -> "No collection matches '" + pattern + "'." + NearestNames.question(pattern, collections)
                        + there(collections))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, operation + " only some collections", problems);
        }
    }

    private static String there(List<String> names) {
        return names.isEmpty() ? " There is no collection at all." : NearestNames.listed(names);
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
