package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown when an operation was stopped by whoever asked for it; nothing that it was to replace has changed. */
public final class OperationInterruptedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    private final String environment;

    /**
     * Creates the exception.
     *
     * @param operation what was being done, in words that fit before the name of an environment: {@code back up}
     * @param environment the environment
     * @param cause what was caught
     */
    public OperationInterruptedException(String operation, String environment, @Nullable Throwable cause) {
        super(
                Reason.INTERRUPTED,
                "Could not " + operation + " '" + environment + "': it was interrupted. Nothing has been replaced.",
                cause);
        this.operation = operation;
        this.environment = environment;
    }

    /**
     * Returns what was being done.
     *
     * @return the operation in words
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the environment it was done to.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }
}
