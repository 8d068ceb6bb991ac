package dev.monarch;

/** Thrown when a migration was started and not ended, and only a person can say how it stands; nothing has run. */
public final class MigrationUnresolvedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final String reason;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param id the migration
     * @param reason how it came to this, as a clause without a full stop
     */
    public MigrationUnresolvedException(String environment, String id, String reason) {
        super("Migration '" + id + "' on environment '" + environment + "' " + reason
                + ". Look at the data, then say how it stands:" + " resolve " + id + " " + environment
                + " --as applied, or --as pending to have it run again.");
        this.environment = environment;
        this.id = id;
        this.reason = reason;
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
     * Returns how it came to this, as a clause without a full stop.
     *
     * @return how it came to this, as a clause without a full stop
     */
    public String reason() {
        return reason;
    }
}
