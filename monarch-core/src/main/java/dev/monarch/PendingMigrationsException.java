package dev.monarch;

import java.util.List;

/** Thrown if migrations are pending although the application only validates, or after it has waited for another run. */
public final class PendingMigrationsException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> pending;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param pending the pending ids, in order
     * @param reason {@link Reason#MIGRATIONS_PENDING} or {@link Reason#MIGRATIONS_PENDING_ELSEWHERE}
     * @param problem why this is an error, as a clause without a full stop
     */
    public PendingMigrationsException(String environment, List<String> pending, Reason reason, String problem) {
        super(
                reason,
                "Environment '" + environment + "' has pending migrations (" + String.join(", ", pending) + "): "
                        + problem + ".",
                null);
        this.environment = environment;
        this.pending = List.copyOf(pending);
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
     * Returns the pending ids.
     *
     * @return the ids, in the order they would run
     */
    public List<String> pending() {
        return pending;
    }
}
