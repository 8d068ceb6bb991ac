package dev.monarch;

/** Thrown when the guard does not let an operation touch an environment; nothing has happened yet. */
public final class OperationRefusedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    private final String environment;

    private final String reason;

    private final String nextStep;

    /**
     * Creates the exception.
     *
     * @param operation the operation, in words
     * @param environment the environment it was to touch
     * @param reason why it may not, as a clause without a full stop
     * @param nextStep what the caller can do, as a sentence
     */
    public OperationRefusedException(String operation, String environment, String reason, String nextStep) {
        super("Refused to " + operation + " '" + environment + "': " + reason + ". " + nextStep);
        this.operation = operation;
        this.environment = environment;
        this.reason = reason;
        this.nextStep = nextStep;
    }

    /**
     * Returns the operation in words.
     *
     * @return the operation
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the environment that was to be touched.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns why the operation was refused.
     *
     * @return a clause without a full stop
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns what the caller can do about it.
     *
     * @return a sentence
     */
    public String nextStep() {
        return nextStep;
    }
}
