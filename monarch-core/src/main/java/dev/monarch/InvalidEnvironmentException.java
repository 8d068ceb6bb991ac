package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown on the first use of an environment whose connection is missing or invalid. */
public final class InvalidEnvironmentException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String property;

    private final String problem;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param property the property to change
     * @param problem what is wrong with it, as a clause without a full stop and without any part of a connection string
     */
    public InvalidEnvironmentException(String environment, String property, String problem) {
        this(environment, property, problem, null);
    }

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param property the property to change
     * @param problem what is wrong with it, as a clause without a full stop and without any part of a connection string
     * @param cause what was thrown, or null; it must not quote a connection string
     */
    public InvalidEnvironmentException(String environment, String property, String problem, @Nullable Throwable cause) {
        super(
                Reason.INVALID_ENVIRONMENT,
                "Environment '" + environment + "' cannot be used: " + property + ": " + problem + ".",
                cause);
        this.environment = environment;
        this.property = property;
        this.problem = problem;
    }

    /**
     * Returns the environment's name.
     *
     * @return the name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the property to change.
     *
     * @return the property's full name
     */
    public String property() {
        return property;
    }

    /**
     * Returns what is wrong.
     *
     * @return a clause without a full stop
     */
    public String problem() {
        return problem;
    }
}
