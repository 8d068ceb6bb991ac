package dev.monarch;

import java.time.Duration;
import java.time.Instant;

/** Thrown when somebody else held an environment's lock for as long as the caller was ready to wait. */
public final class LockHeldException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String purpose;

    private final String host;

    private final Instant since;

    private final Duration waited;

    /**
     * Creates the exception.
     *
     * @param environment the environment whose lock is held
     * @param purpose what the holder does
     * @param host where the holder runs
     * @param since since when it holds the lock, on the server's clock
     * @param waited how long the caller waited
     */
    public LockHeldException(String environment, String purpose, String host, Instant since, Duration waited) {
        this(
                environment,
                purpose,
                host,
                since,
                waited,
                "The lock of environment '" + environment + "' is held by " + host + " for " + purpose + " since "
                        + since
                        + "; gave up after waiting " + waited.toSeconds()
                        + " s. If that process is gone, its lease runs"
                        + " out by itself; if it works, let it finish or wait longer (monarch.lock.wait).");
    }

    private LockHeldException(
            String environment, String purpose, String host, Instant since, Duration waited, String message) {
        super(message);
        this.environment = environment;
        this.purpose = purpose;
        this.host = host;
        this.since = since;
        this.waited = waited;
    }

    /**
     * Creates the exception for a lock that is free, but must not be used yet.
     *
     * @param environment the environment where an operation of a disconnected client has not ended
     * @param waited how long the caller waited for it
     * @return the exception; since when the operation is at work is not known, and given as the epoch
     */
    public static LockHeldException byWorkOfADisconnectedClient(String environment, Duration waited) {
        return new LockHeldException(
                environment,
                "an operation that was not ended",
                "a client that disconnected",
                Instant.EPOCH,
                waited,
                "An operation of a client that disconnected is still running on the server of environment '"
                        + environment
                        + "'; gave up after waiting " + waited.toSeconds() + " s. Wait until it has ended, or end it"
                        + " (db.currentOp(), db.killOp()), and start again.");
    }

    /**
     * Returns the environment whose lock is held.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns what the holder does.
     *
     * @return the holder's purpose
     */
    public String purpose() {
        return purpose;
    }

    /**
     * Returns where the holder runs.
     *
     * @return host and process
     */
    public String host() {
        return host;
    }

    /**
     * Returns since when the lock is held.
     *
     * @return an instant of the server's clock
     */
    public Instant since() {
        return since;
    }

    /**
     * Returns how long the caller waited.
     *
     * @return the time waited
     */
    public Duration waited() {
        return waited;
    }
}
