package dev.monarch;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the replacing of an environment's collections has begun and could not be ended.
 *
 * <p>It goes forward only, and the next thing Monarch does with the environment, the start of an application included, goes
 * on with it. A step that can never succeed is told by the cause; such a swap can be given up.
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
     * @param done how many steps have been done
     * @param total how many steps there are
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
     * Returns how many steps have been done.
     *
     * @return from 0 to {@link #total()}
     */
    public int done() {
        return done;
    }

    /**
     * Returns how many steps there are.
     *
     * @return at least 1
     */
    public int total() {
        return total;
    }

    /**
     * Returns what stopped it.
     *
     * @return a clause without a full stop; null if that is not known
     */
    public @Nullable String obstacle() {
        return obstacle;
    }
}
