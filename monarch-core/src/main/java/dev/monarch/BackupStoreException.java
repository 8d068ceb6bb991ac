package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown when the place where backups are kept cannot be read or written. */
public final class BackupStoreException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String store;

    private final String problem;

    private final String nextStep;

    /**
     * Creates the exception.
     *
     * @param store the store, in words
     * @param problem what is wrong, as a clause without a full stop
     * @param nextStep what the caller can do, as a sentence
     * @param cause what was caught
     */
    public BackupStoreException(String store, String problem, String nextStep, @Nullable Throwable cause) {
        super("Backups cannot be kept in or read from " + store + ": " + problem + ". " + nextStep, cause);
        this.store = store;
        this.problem = problem;
        this.nextStep = nextStep;
    }

    /**
     * Returns the store.
     *
     * @return the store in words
     */
    public String store() {
        return store;
    }

    /**
     * {@return what is wrong with the store, as a clause without a full stop}
     */
    public String problem() {
        return problem;
    }

    /**
     * Returns what the caller can do about it.
     *
     * @return a sentence
     */
    public String nextStep() {
        return nextStep;
    }
}
