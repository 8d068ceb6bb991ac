package dev.monarch;

import java.util.List;

/** Thrown when the set of migrations cannot be run as it stands; it lists every problem, and nothing has run. */
public final class InvalidMigrationsException extends MonarchException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> problems;

    /**
     * Creates the exception.
     *
     * @param problems every problem that was found, each a sentence
     */
    public InvalidMigrationsException(List<String> problems) {
        super("The migrations cannot run as they stand:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns every problem that was found.
     *
     * @return the problems, each a sentence
     */
    public List<String> problems() {
        return problems;
    }
}
