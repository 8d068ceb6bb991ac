package dev.monarch;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if the swap of an environment's collections has begun and could not be completed.
 *
 * <p>A swap is not rolled back. The next operation of Monarch on the environment continues it, including the start of
 * an application. If a step can never succeed, {@link #obstacle()} says why; such a swap can be abandoned.
 */
public final class SwapInterruptedException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final int done;

    private final int total;

    private final @Nullable String obstacle;

    /**
     * Creates the exception.
     *
     * @param environment the environment
     * @param done the number of steps done
     * @param total the number of steps
     * @param cause what stopped it
     */
    public SwapInterruptedException(String environment, int done, int total, @Nullable Throwable cause) {
        super(
                Reason.SWAP_INTERRUPTED,
                "The swap of '" + environment + "' is interrupted, " + done + " of " + total + " steps are done"
                        + (cause == null ? "" : ": " + cause.getMessage()) + ".",
                cause);
        this.environment = environment;
        this.done = done;
        this.total = total;
        this.obstacle = cause == null ? null : cause.getMessage();
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
     * Returns the number of steps done.
     *
     * @return from 0 to {@link #total()}
     */
    public int done() {
        return done;
    }

    /**
     * Returns the number of steps.
     *
     * @return at least 1
     */
    public int total() {
        return total;
    }

    /**
     * Returns the cause.
     *
     * @return a clause without a full stop; null if it is not known
     */
    public @Nullable String obstacle() {
        return obstacle;
    }
}
