package dev.monarch;

import java.util.List;

/** Thrown if a request is invalid, or not possible in the current state. Nothing has changed. */
public final class InvalidRequestException extends MonarchException {

    private static final long serialVersionUID = 1L;

    private final String environment;

    private final String request;

    @SuppressWarnings("serial") // An immutable list of texts is serializable, whatever its interface says.
    private final List<String> problems;

    /**
     * Creates the exception.
     *
     * @param environment the environment's name
     * @param request the request, as a phrase
     * @param problems the reasons, each a sentence
     */
    public InvalidRequestException(String environment, String request, List<String> problems) {
        super(
                Reason.INVALID_REQUEST,
                "Cannot " + request + " on environment '" + environment + "': " + String.join(" ", problems)
                        + " Nothing was done.",
                null);
        this.environment = environment;
        this.request = request;
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns the environment's name.
     *
     * @return the environment's name
     */
    public String environment() {
        return environment;
    }

    /**
     * Returns the request.
     *
     * @return the request, as a phrase
     */
    public String request() {
        return request;
    }

    /**
     * Returns the reasons.
     *
     * @return the reasons, each a sentence
     */
    public List<String> problems() {
        return problems;
    }
}
