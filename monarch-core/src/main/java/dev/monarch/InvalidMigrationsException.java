package dev.monarch;

import java.util.List;

/** Thrown when the migrations cannot run as they are; it lists every problem, and nothing has run. */
public final class InvalidMigrationsException extends MonarchException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problems every problem that was found, each in sentences; at least one
     */
    public InvalidMigrationsException(List<Fact> problems) {
        super(
                problems,
                "The migrations cannot run as they are:\n  - "
                        + String.join(
                                "\n  - ", problems.stream().map(Fact::sentence).toList()),
                null);
    }

    /**
     * {@return every problem that was found, each in sentences}
     */
    public List<String> problems() {
        return facts().stream().map(Fact::sentence).toList();
    }
}
