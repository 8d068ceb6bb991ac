package dev.monarch.queryset;

import java.util.List;
import java.util.Map;

import dev.monarch.masking.MaskedField;

/**
 * What a query set asked for when it ran; which documents that means is decided when the database is read. Immutable.
 *
 * @see QuerySets#run
 */
public sealed interface QuerySetChoice permits QuerySetSubset {

    /**
     * Returns the environment that the query set has looked at.
     *
     * @return its name
     */
    String environment();

    /**
     * Returns the name of the query set.
     *
     * @return the name
     */
    String querySet();

    /**
     * Returns what it was run with, defaults included, secrets left out.
     *
     * @return the values by the names of the parameters, as they would be typed
     */
    Map<String, String> parameters();

    /**
     * Returns what is masked.
     *
     * @return by collection and path; none if nothing is
     */
    List<MaskedField> masked();
}
