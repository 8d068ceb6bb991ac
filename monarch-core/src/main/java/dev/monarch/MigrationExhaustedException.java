package dev.monarch;

/** Thrown when a migration has been started so often without success that it is not started again automatically. */
public final class MigrationExhaustedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final int attempts;

    /**
     * Creates the exception.
     *
     * @param environment the environment that was to be migrated
     * @param id the migration that is not started again
     * @param attempts how often it has been started
     * @param lastError what is known of the last attempt
     */
    public MigrationExhaustedException(String environment, String id, int attempts, String lastError) {
        super(
                Reason.MIGRATION_EXHAUSTED,
                "Migration '" + id + "' was started " + attempts + " times on environment '" + environment
                        + "' without success, and is not started again automatically. Last attempt: " + lastError + ".",
                null);
        this.environment = environment;
        this.id = id;
        this.attempts = attempts;
    }

    /**
     * Returns the environment that was to be migrated.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the migration that is not started again.
     *
     * @return the migration's id
     */
    public String id() {
        return id;
    }

    /**
     * Returns how often the migration has been started.
     *
     * @return the number of attempts
     */
    public int attempts() {
        return attempts;
    }
}
