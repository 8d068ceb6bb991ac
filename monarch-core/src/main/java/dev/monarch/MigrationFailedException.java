package dev.monarch;

import dev.monarch.engine.Scrubbed;

/** Thrown if a migration threw an exception. The history says FAILED, and no later migration has run. */
public final class MigrationFailedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final int attempt;

    /**
     * Creates the exception.
     *
     * @param environment the environment that was migrated
     * @param id the migration that failed
     * @param attempt the number of this attempt, from 1
     * @param cause what the migration threw
     */
    public MigrationFailedException(String environment, String id, int attempt, Throwable cause) {
        super(
                Reason.MIGRATION_FAILED,
                "Migration '" + id + "' failed on environment '" + environment + "' (attempt " + attempt + "): "
                        + Scrubbed.text(cause.toString()) + ". No later migration has run.",
                cause);
        this.environment = environment;
        this.id = id;
        this.attempt = attempt;
    }

    /**
     * Returns the environment that was migrated.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the migration that failed.
     *
     * @return the migration's id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the number of the failed attempt.
     *
     * @return the attempt, from 1
     */
    public int attempt() {
        return attempt;
    }
}
