package dev.monarch;

import java.util.List;

/** Thrown for a name under which no complete backup is stored. */
@SuppressWarnings("serial") // the list is unmodifiable and serializable
public final class UnknownBackupException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String backup;

    private final String store;

    private final List<String> suggestions;

    /**
     * Creates the exception.
     *
     * @param backup the name that was given
     * @param store where it was looked for, in words
     * @param suggestions names that are like it
     */
    public UnknownBackupException(String backup, String store, List<String> suggestions) {
        super(Reason.UNKNOWN_BACKUP, "There is no complete backup '" + backup + "' in " + store + ".", null);
        this.backup = backup;
        this.store = store;
        this.suggestions = List.copyOf(suggestions);
    }

    /**
     * Returns the name that was given.
     *
     * @return the name
     */
    public String backup() {
        return backup;
    }

    /**
     * {@return the store without that backup, in words}
     */
    public String store() {
        return store;
    }

    /**
     * Returns names that are like it.
     *
     * @return the names, unmodifiable
     */
    public List<String> suggestions() {
        return suggestions;
    }
}
