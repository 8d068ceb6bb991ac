package dev.monarch;

import java.util.List;

/** Thrown for a name that no environment has. */
public final class UnknownEnvironmentException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String name;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> known;

    /**
     * Creates the exception.
     *
     * @param name the name that was asked for
     * @param known the names there are
     */
    public UnknownEnvironmentException(String name, List<String> known) {
        super(
                Reason.UNKNOWN_ENVIRONMENT,
                "There is no environment '" + name + "'. The environments are: " + String.join(", ", known) + ".",
                null);
        this.name = name;
        this.known = List.copyOf(known);
    }

    /**
     * Returns the name that was asked for.
     *
     * @return the unknown name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names there are.
     *
     * @return the known names, in the order they are listed everywhere
     */
    public List<String> known() {
        return known;
    }
}
