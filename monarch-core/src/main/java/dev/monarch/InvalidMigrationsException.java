package dev.monarch;

import java.util.List;

/** Thrown if the migrations cannot run. It lists every problem, and nothing has run. */
public final class InvalidMigrationsException extends MonarchException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problems every problem, each in sentences; at least one
     */
    public InvalidMigrationsException(List<Fact> problems) {
        super(
                problems,
                "The migrations cannot run:\n  - "
                        + String.join(
                                "\n  - ", problems.stream().map(Fact::sentence).toList()),
                null);
    }

    /**
     * {@return every problem, each in sentences}
     */
    public List<String> problems() {
        return facts().stream().map(Fact::sentence).toList();
    }
}
