package dev.monarch;

import java.util.List;

/** Thrown if there is no backup store of the requested name. */
public final class UnknownBackupStoreException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String name;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> known;

    /**
     * Creates the exception.
     *
     * @param name the unknown name
     * @param known the names of all stores; at least one
     */
    public UnknownBackupStoreException(String name, List<String> known) {
        super(
                Reason.UNKNOWN_BACKUP_STORE,
                "There is no backup store '" + name + "'. The stores are: " + String.join(", ", known) + ".",
                null);
        this.name = name;
        this.known = List.copyOf(known);
    }

    /**
     * Returns the unknown name.
     *
     * @return the unknown name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names of all stores.
     *
     * @return the known names, in the configured order
     */
    public List<String> known() {
        return known;
    }
}
