package dev.monarch.queryset;

import java.util.Map;

/**
 * One run of a query set.
 *
 * @param environment the name of the source
 * @param request the operation, as a phrase
 * @param querySet the name of the query set
 * @param parameters its parameters, including defaults and without secrets
 * @param secrets the values that must not appear in messages
 */
record QuerySetCall(
        String environment, String request, String querySet, Map<String, String> parameters, Secrets secrets) {

    QuerySetCall {
        parameters = Map.copyOf(parameters);
    }
}
