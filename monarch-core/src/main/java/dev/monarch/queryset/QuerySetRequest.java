package dev.monarch.queryset;

import java.util.Map;
import java.util.TreeMap;

/**
 * A query set and its parameters.
 *
 * @param querySet its name
 * @param parameters the values of its parameters as strings, by name
 */
public record QuerySetRequest(String querySet, Map<String, String> parameters) {

    public QuerySetRequest {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Creates a request without parameters.
     *
     * @param querySet its name
     * @return the request
     */
    public static QuerySetRequest of(String querySet) {
        return new QuerySetRequest(querySet, Map.of());
    }

    /**
     * Sets the value of a parameter.
     *
     * @param parameter its name
     * @param value the value as a string
     * @return the changed request
     */
    public QuerySetRequest with(String parameter, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new QuerySetRequest(querySet, more);
    }

    /** {@return the query set and the names of its parameters} The values are omitted because they may be secret. */
    @Override
    public String toString() {
        return querySet + " " + new TreeMap<>(parameters).keySet();
    }
}
