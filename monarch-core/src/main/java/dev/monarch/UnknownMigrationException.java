package dev.monarch;

import java.util.List;

/** Thrown when there is no migration of a name; nothing has happened. */
public final class UnknownMigrationException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> nearest;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param id the id that no migration has
     * @param nearest the ids most like it, nearest first
     */
    public UnknownMigrationException(String environment, String id, List<String> nearest) {
        super(
                Reason.UNKNOWN_MIGRATION,
                "There is no migration '" + id + "' on environment '" + environment + "'.",
                null);
        this.environment = environment;
        this.id = id;
        this.nearest = List.copyOf(nearest);
    }

    /**
     * Returns the environment's name.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the id that no migration has.
     *
     * @return the id that no migration has
     */
    public String id() {
        return id;
    }

    /**
     * Returns the ids most like it, nearest first.
     *
     * @return the ids most like it, nearest first
     */
    public List<String> nearest() {
        return nearest;
    }
}
