package dev.monarch;

import dev.monarch.engine.Scrubbed;

/**
 * Thrown if the {@code down} of a migration threw an exception. The history says ROLLING_BACK, and no earlier migration
 * was rolled back.
 */
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
                Reason.ROLLBACK_FAILED,
                "Migration '" + id + "' could not be rolled back on environment '" + environment + "': "
                        + Scrubbed.text(cause.toString()) + ". No earlier migration was rolled back.",
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
