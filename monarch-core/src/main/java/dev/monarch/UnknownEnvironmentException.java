package dev.monarch;

import java.util.List;

/** Thrown if there is no environment of the requested name. */
public final class UnknownEnvironmentException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String name;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> known;

    /**
     * Creates the exception.
     *
     * @param name the unknown name
     * @param known the existing names
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
     * Returns the unknown name.
     *
     * @return the unknown name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the existing names.
     *
     * @return the existing names, in the configured order
     */
    public List<String> known() {
        return known;
    }
}
