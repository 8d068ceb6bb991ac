package dev.monarch.queryset;

import java.util.Map;

/**
 * A query set as it was called.
 *
 * @param environment the name of the source
 * @param request what was asked, in words
 * @param querySet the name of the query set
 * @param parameters what it was run with, defaults included, secrets left out
 * @param secrets the values that may not be told
 */
record QuerySetCall(
        String environment, String request, String querySet, Map<String, String> parameters, Secrets secrets) {

    QuerySetCall {
        parameters = Map.copyOf(parameters);
    }
}
