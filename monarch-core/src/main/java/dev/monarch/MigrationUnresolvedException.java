package dev.monarch;

/** Thrown if a migration started and did not end, and manual intervention is required. Nothing has run. */
public final class MigrationUnresolvedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param problem the cause, as a clause without a full stop
     */
    public MigrationUnresolvedException(String environment, String id, String problem) {
        super(
                Reason.MIGRATION_UNRESOLVED,
                "Migration '" + id + "' on environment '" + environment + "' " + problem + ".",
                null);
        this.environment = environment;
        this.id = id;
        this.problem = problem;
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

    /**
     * Returns the cause.
     *
     * @return the cause, as a clause without a full stop
     */
    public String problem() {
        return problem;
    }
}
