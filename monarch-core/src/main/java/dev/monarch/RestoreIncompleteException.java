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

    private final List<String> notBegun;

    /**
     * Creates the exception.
     *
     * @param archive the archive
     * @param restored the environments that were restored
     * @param failed the environment that failed
     * @param notBegun the environments that are unchanged
     * @param cause what failed, which says what became of that environment
     */
    public RestoreIncompleteException(
            String archive, List<String> restored, String failed, List<String> notBegun, MonarchException cause) {
        super(
                Reason.RESTORE_INCOMPLETE,
                "Not every database of '" + archive + "' was restored. Restored: " + names(restored) + ". Failed: '"
                        + failed + "'. Not begun: " + names(notBegun) + ". " + cause.getMessage(),
                cause);
        this.restored = List.copyOf(restored);
        this.failed = failed;
        this.notBegun = List.copyOf(notBegun);
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
    public List<String> notBegun() {
        return notBegun;
    }
}
