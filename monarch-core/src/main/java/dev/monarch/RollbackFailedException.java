package dev.monarch;

/** Thrown when the {@code down} of a migration threw; the history says ROLLING_BACK, and nothing behind it was taken back. */
public final class RollbackFailedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param cause what it threw
     */
    public RollbackFailedException(String environment, String id, Throwable cause) {
        super(
                "Migration '" + id + "' could not be taken back on environment '" + environment + "': " + cause
                        + ". Nothing behind it was"
                        + " taken back; mend it and roll it back again, or say how it stands: resolve " + id + " "
                        + environment
                        + " --as applied.",
                cause);
        this.environment = environment;
        this.id = id;
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
     * Returns the migration.
     *
     * @return the migration
     */
    public String id() {
        return id;
    }
}
