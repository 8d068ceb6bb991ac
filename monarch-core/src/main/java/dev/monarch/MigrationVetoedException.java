package dev.monarch;

/** Thrown if a hook stopped a run, or a migration in it. */
public final class MigrationVetoedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String hook;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param hook the class of the hook
     * @param cause what the hook threw
     */
    public MigrationVetoedException(String environment, String hook, Throwable cause) {
        super(
                Reason.MIGRATION_VETOED,
                "The hook " + hook + " stopped the run on environment '" + environment + "': " + cause + ".",
                cause);
        this.environment = environment;
        this.hook = hook;
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
     * Returns the class of the hook.
     *
     * @return the class of the hook
     */
    public String hook() {
        return hook;
    }
}
