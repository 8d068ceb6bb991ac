package dev.monarch;

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when data could not be read or written: a backup, a restore or a copy failed, or a server did not answer. If
 * the driver failed, the cause is its exception.
 *
 * <p>The data to replace is unchanged, unless it was loaded in place. An incomplete backup is removed and never listed.
 */
@SuppressWarnings("serial") // the list is unmodifiable and serializable
public final class TransferFailedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String operation;

    private final String environment;

    private final @Nullable String address;

    private final String problem;

    private final List<DocumentFailure> failures;

    /**
     * A document that could not be written.
     *
     * @param collection its collection
     * @param id its {@code _id}, as JSON
     * @param code the server's error code
     * @param message the server's message
     */
    public record DocumentFailure(String collection, String id, int code, String message) implements Serializable {}

    /**
     * Creates the exception for documents or collections that could not be read or written.
     *
     * @param operation the operation, as a phrase before the name of an environment: {@code back up}
     * @param environment the environment
     * @param problem the problem, with the name of the collection if there is one, as a clause without a full stop
     * @param failures the documents that could not be written; the first thousand of them
     * @param cause what was caught
     */
    public TransferFailedException(
            String operation,
            String environment,
            String problem,
            List<DocumentFailure> failures,
            @Nullable Throwable cause) {
        this(Reason.TRANSFER_FAILED, operation, environment, problem, failures, cause);
    }

    /**
     * Creates the exception for a server that could not be asked at a known address.
     *
     * @param operation the operation, as a phrase before the name of an environment: {@code reach}
     * @param environment the environment
     * @param address its hosts and its database, without credentials
     * @param problem the problem, as a clause without a full stop
     * @param cause what was caught
     */
    public TransferFailedException(
            String operation, String environment, String address, String problem, Throwable cause) {
        super(Reason.TRANSFER_FAILED, message(operation, environment, problem), cause);
        this.operation = operation;
        this.environment = environment;
        this.address = address;
        this.problem = problem;
        this.failures = List.of();
    }

    /**
     * Creates the exception for a specific reason.
     *
     * @param reason the reason
     * @param operation the operation, as a phrase before the name of an environment: {@code back up}
     * @param environment the environment
     * @param problem the problem, as a clause without a full stop
     */
    public TransferFailedException(Reason reason, String operation, String environment, String problem) {
        this(reason, operation, environment, problem, List.of(), null);
    }

    private TransferFailedException(
            Reason reason,
            String operation,
            String environment,
            String problem,
            List<DocumentFailure> failures,
            @Nullable Throwable cause) {
        super(reason, message(operation, environment, problem), cause);
        this.operation = operation;
        this.environment = environment;
        this.address = null;
        this.problem = problem;
        this.failures = List.copyOf(failures);
    }

    private static String message(String operation, String environment, String problem) {
        return "Could not " + operation + " '" + environment + "': " + problem + ".";
    }

    /**
     * Returns the operation.
     *
     * @return the operation, as a phrase
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

    /**
     * Returns the address of the environment, if the thrower knew it.
     *
     * @return its hosts and its database, without credentials; null if unknown
     */
    public @Nullable String address() {
        return address;
    }

    /**
     * Returns the problem.
     *
     * @return a clause without a full stop
     */
    public String problem() {
        return problem;
    }

    /**
     * Returns the documents that could not be written.
     *
     * @return at most a thousand of them, unmodifiable
     */
    public List<DocumentFailure> failures() {
        return failures;
    }
}
