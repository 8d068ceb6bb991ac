package dev.monarch;

import java.util.List;

/** Thrown if there is no migration of the requested id. Nothing has changed. */
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
     * @param id the unknown id
     * @param nearest similar ids, the most similar first
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
     * Returns the unknown id.
     *
     * @return the unknown id
     */
    public String id() {
        return id;
    }

    /**
     * Returns similar ids.
     *
     * @return the ids, the most similar first
     */
    public List<String> nearest() {
        return nearest;
    }
}
