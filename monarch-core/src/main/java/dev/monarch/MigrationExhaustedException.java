package dev.monarch;

/** Thrown if a migration has used all its attempts without success. */
public final class MigrationExhaustedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final int attempts;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param id the migration that is not started again
     * @param attempts the number of attempts
     * @param lastError the error of the last attempt
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
     * Returns the environment.
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
     * Returns the number of attempts.
     *
     * @return the number of attempts
     */
    public int attempts() {
        return attempts;
    }
}
