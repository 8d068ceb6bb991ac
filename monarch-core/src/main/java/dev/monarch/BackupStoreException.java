package dev.monarch;

import org.jspecify.annotations.Nullable;

/** Thrown if a backup store cannot be read or written. */
public final class BackupStoreException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String store;

    private final String problem;

    private final @Nullable String nextStep;

    /**
     * Creates the exception for a reason that Monarch knows.
     *
     * @param store the store's description
     * @param reason the reason
     * @param problem what is wrong, as a clause without a full stop
     * @param cause what was caught
     */
    public BackupStoreException(String store, Reason reason, String problem, @Nullable Throwable cause) {
        this(store, reason, problem, null, cause);
    }

    /**
     * Creates the exception for a store that gives its own advice.
     *
     * @param store the store's description
     * @param problem what is wrong, as a clause without a full stop
     * @param nextStep what the user of the store can do, as a sentence
     * @param cause what was caught
     */
    public BackupStoreException(String store, String problem, String nextStep, @Nullable Throwable cause) {
        this(store, Reason.BACKUP_STORE_FAILED, problem, nextStep, cause);
    }

    private BackupStoreException(
            String store, Reason reason, String problem, @Nullable String nextStep, @Nullable Throwable cause) {
        super(reason, "Backups cannot be stored in or read from " + store + ": " + problem + ".", cause);
        this.store = store;
        this.problem = problem;
        this.nextStep = nextStep;
    }

    /**
     * {@return the store's description}
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
     * {@return what the store advises, as a sentence; null unless the reason is {@link Reason#BACKUP_STORE_FAILED}}
     */
    public @Nullable String nextStep() {
        return nextStep;
    }
}
