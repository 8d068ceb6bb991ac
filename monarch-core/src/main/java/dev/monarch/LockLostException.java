package dev.monarch;

/** Thrown if an operation lost the lock. The operation has been stopped. */
public final class LockLostException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param environment the environment whose lock was lost
     * @param problem how it was lost and, if known, to whom, as a clause without a full stop
     */
    public LockLostException(String environment, String problem) {
        super(
                Reason.LOCK_LOST,
                "Lost the lock of environment '" + environment + "': " + problem
                        + ". This run was stopped and wrote nothing more to the history.",
                null);
        this.environment = environment;
        this.problem = problem;
    }

    /**
     * Returns the environment whose lock was lost.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns how the lock was lost.
     *
     * @return a clause without a full stop
     */
    public String problem() {
        return problem;
    }
}
