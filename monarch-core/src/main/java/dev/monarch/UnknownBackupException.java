package dev.monarch;

import java.util.List;

/** Thrown if there is no complete backup of the requested name. */
@SuppressWarnings("serial") // the list is unmodifiable and serializable
public final class UnknownBackupException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String backup;

    private final String store;

    private final List<String> suggestions;

    /**
     * Creates the exception.
     *
     * @param backup the unknown name
     * @param store the store's description
     * @param suggestions similar names
     */
    public UnknownBackupException(String backup, String store, List<String> suggestions) {
        super(Reason.UNKNOWN_BACKUP, "There is no complete backup '" + backup + "' in " + store + ".", null);
        this.backup = backup;
        this.store = store;
        this.suggestions = List.copyOf(suggestions);
    }

    /**
     * Returns the unknown name.
     *
     * @return the name
     */
    public String backup() {
        return backup;
    }

    /**
     * {@return the store's description}
     */
    public String store() {
        return store;
    }

    /**
     * Returns similar names.
     *
     * @return the names, unmodifiable
     */
    public List<String> suggestions() {
        return suggestions;
    }
}
