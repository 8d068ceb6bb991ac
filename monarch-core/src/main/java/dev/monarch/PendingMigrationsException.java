package dev.monarch;

import java.util.List;

/** Thrown when migrations are pending where none may be: the application only validates, or waited for another. */
public final class PendingMigrationsException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> pending;

    /**
     * Creates the exception.
     *
     * @param environment the environment that was looked at
     * @param pending the pending ids, in order
     * @param reason {@link Reason#MIGRATIONS_PENDING} or {@link Reason#MIGRATIONS_PENDING_ELSEWHERE}
     * @param problem why that is an error here, as a clause without a full stop
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
     * Returns the environment that was looked at.
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
