package dev.monarch;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an operation was interrupted by its caller. The data to replace is unchanged, unless it was loaded in
 * place.
 */
public final class OperationInterruptedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    private final String environment;

    /**
     * Creates the exception.
     *
     * @param operation the interrupted operation, as a phrase that precedes the name of an environment: {@code back up}
     * @param environment the environment
     * @param cause what was caught
     */
    public OperationInterruptedException(String operation, String environment, @Nullable Throwable cause) {
        super(Reason.INTERRUPTED, subject(operation) + " '" + environment + "' was interrupted.", cause);
        this.operation = operation;
        this.environment = environment;
    }

    private static String subject(String operation) {
        return switch (operation) {
            case "back up" -> "Backup of";
            case "restore into" -> "Restore into";
            case "copy into" -> "Copy into";
            case "rehearse on" -> "Rehearsal on";
            case "verify the backup of" -> "Verification of the backup of";
            case "prune the backups of" -> "Removal of backups of";
            case "drop the database of" -> "Removal of the database of";
            default -> "The attempt to " + operation;
        };
    }

    /**
     * Returns the interrupted operation.
     *
     * @return the operation as a phrase
     */
    public String operation() {
        return operation;
    }

    /**
     * Returns the environment of the operation.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }
}
