package dev.monarch;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Thrown if another run still holds an environment's lock when the caller's wait time ends. */
public final class LockHeldException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String purpose;

    private final String host;

    private final @Nullable Instant since;

    private final Duration waited;

    /**
     * Creates the exception.
     *
     * @param environment the environment whose lock is held
     * @param purpose what the holder does
     * @param host the process of the holder
     * @param since when the holder acquired the lock, on the server's clock
     * @param waited how long the caller waited
     */
    public LockHeldException(String environment, String purpose, String host, Instant since, Duration waited) {
        super(
                Reason.LOCK_HELD,
                "The lock of environment '" + environment + "' is held by " + host + " for " + purpose + " since "
                        + since + "; gave up after waiting " + waited.toSeconds() + " s.",
                null);
        this.environment = environment;
        this.purpose = purpose;
        this.host = host;
        this.since = since;
        this.waited = waited;
    }

    private LockHeldException(String environment, Duration waited) {
        super(
                Reason.DISCONNECTED_CLIENT_AT_WORK,
                "An operation of a client that disconnected is still running on the server of environment '"
                        + environment + "'; gave up after waiting " + waited.toSeconds() + " s.",
                null);
        this.environment = environment;
        this.purpose = "an operation that was not ended";
        this.host = "a client that disconnected";
        this.since = null;
        this.waited = waited;
    }

    /**
     * Creates the exception for a lock that is free, but must not be used yet.
     *
     * @param environment the environment where an operation of a disconnected client has not ended
     * @param waited how long the caller waited for it
     * @return the exception; its reason is {@link Reason#DISCONNECTED_CLIENT_AT_WORK}
     */
    public static LockHeldException byDisconnectedClient(String environment, Duration waited) {
        return new LockHeldException(environment, waited);
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
     * Returns the process of the holder.
     *
     * @return host and process
     */
    public String host() {
        return host;
    }

    /**
     * {@return when the holder acquired the lock, on the server's clock; null for an operation of a client that
     * disconnected}
     */
    public @Nullable Instant since() {
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
