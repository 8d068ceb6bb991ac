package dev.monarch;

/** Thrown if the history could not be written. The run has been stopped, whatever the migration itself did. */
public final class HistoryWriteException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String id;

    private final String state;

    /**
     * Creates the exception.
     *
     * @param environment the environment of the history
     * @param id the migration of the entry
     * @param state the state that could not be written
     * @param cause what the driver threw
     */
    public HistoryWriteException(String environment, String id, String state, Throwable cause) {
        super(
                Reason.HISTORY_NOT_WRITTEN,
                "The history of environment '" + environment + "' could not be written: migration '" + id + "' to "
                        + state + ": " + cause.getMessage() + ". The run was stopped.",
                cause);
        this.environment = environment;
        this.id = id;
        this.state = state;
    }

    /**
     * Returns the environment of the history.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the migration of the entry that could not be written.
     *
     * @return the migration's id
     */
    public String id() {
        return id;
    }

    /**
     * Returns the state that could not be written.
     *
     * @return the name of the state
     */
    public String state() {
        return state;
    }
}
