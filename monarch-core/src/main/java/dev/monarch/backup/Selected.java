package dev.monarch.backup;

import java.util.List;

import dev.monarch.InvalidRequestException;
import dev.monarch.environment.NearestNames;
import dev.monarch.transfer.CollectionSelection;

/** Refuses a selection that is probably misspelt. */
final class Selected {

    private static final int MOST_NAMED = 20;

    private Selected() {}

    static void requireMatches(
            CollectionSelection selection, List<String> names, String environment, String operation) {
        List<String> problems = selection.matchingNone(names).stream()
                .map(pattern -> "No collection matches '" + pattern + "'." + NearestNames.question(pattern, names)
                        + there(names))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(environment, operation + " only some collections", problems);
        }
    }

    private static String there(List<String> names) {
        return names.isEmpty()
                ? " There is no collection at all."
                : " There are: " + String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)))
                        + (names.size() > MOST_NAMED ? " and " + (names.size() - MOST_NAMED) + " more." : ".");
    }
}
