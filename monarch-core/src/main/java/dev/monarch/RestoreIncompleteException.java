package dev.monarch;

import java.util.List;

/**
 * Thrown if a restore of several databases failed after it had restored some of them. Those stay restored.
 *
 * <p>The cause describes the state of the environment that failed.
 */
public final class RestoreIncompleteException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final List<String> restored;

    private final String failed;

    private final List<String> notStarted;

    /**
     * Creates the exception.
     *
     * @param archive the archive
     * @param restored the environments that were restored
     * @param failed the environment that failed
     * @param notStarted the environments that are unchanged
     * @param cause the failure, which describes the state of that environment
     */
    public RestoreIncompleteException(
            String archive, List<String> restored, String failed, List<String> notStarted, MonarchException cause) {
        super(
                Reason.RESTORE_INCOMPLETE,
                "Not every database of '" + archive + "' was restored. Restored: " + names(restored) + ". Failed: '"
                        + failed + "'. Not started: " + names(notStarted) + ". " + cause.getMessage(),
                cause);
        this.restored = List.copyOf(restored);
        this.failed = failed;
        this.notStarted = List.copyOf(notStarted);
    }

    private static String names(List<String> environments) {
        return environments.isEmpty() ? "none" : "'" + String.join("', '", environments) + "'";
    }

    /**
     * Returns the environments that were restored.
     *
     * @return their names, in order
     */
    public List<String> restored() {
        return restored;
    }

    /**
     * Returns the environment that failed.
     *
     * @return its name
     */
    public String failed() {
        return failed;
    }

    /**
     * Returns the environments that are unchanged.
     *
     * @return their names, in order
     */
    public List<String> notStarted() {
        return notStarted;
    }
}
