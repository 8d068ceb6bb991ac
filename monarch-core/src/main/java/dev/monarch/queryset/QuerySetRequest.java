package dev.monarch.queryset;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which query set is wanted, and with what.
 *
 * @param querySet its name
 * @param parameters the values of its parameters by name, as they were typed
 */
public record QuerySetRequest(String querySet, Map<String, String> parameters) {

    public QuerySetRequest {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Asks for a query set without saying anything of its parameters.
     *
     * @param querySet its name
     * @return the request
     */
    public static QuerySetRequest of(String querySet) {
        return new QuerySetRequest(querySet, Map.of());
    }

    /**
     * Gives a parameter a value.
     *
     * @param parameter its name
     * @param value the value, as it would be typed
     * @return another request
     */
    public QuerySetRequest with(String parameter, String value) {
        Map<String, String> more = new TreeMap<>(parameters);
        more.put(parameter, value);
        return new QuerySetRequest(querySet, more);
    }

    /** Names the parameters without their values, any of which may be a secret. */
    @Override
    public String toString() {
        return querySet + " " + new TreeMap<>(parameters).keySet();
    }
}
