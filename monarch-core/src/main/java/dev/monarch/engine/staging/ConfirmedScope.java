package dev.monarch.engine.staging;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * Determines what a load replaces. If the source still has the collections that were planned, the plan's scope applies.
 * If its collections have changed since, the scope is planned again.
 *
 * @param planner plans again
 * @param plan the plan; null if there was none
 * @param expectedBytes the expected number of bytes of documents; -1 if unknown
 */
record ConfirmedScope(ReplacementPlanner planner, @Nullable PlannedReplacement plan, long expectedBytes) {

    /**
     * Returns the scope.
     *
     * @param incoming the collections of the source
     * @throws dev.monarch.OperationRefusedException if it was planned again and something prevents the replacement
     */
    ReplacementScope of(Catalogue incoming) {
        if (plan != null && kinds(plan.incoming()).equals(kinds(incoming))) {
            StagingRequest.Replacement replacement = planner.request().replacement();
            return new ReplacementScope(
                    ReplacementScope.of(incoming, List.of(), replacement).incoming(),
                    plan.scope().existing(),
                    replacement);
        }
        PlannedReplacement another = planner.plan(incoming, expectedBytes);
        another.requirePossible();
        return another.scope();
    }

    private Set<List<Object>> kinds(Catalogue catalogue) {
        return catalogue.collections().stream()
                .filter(collection -> !planner.request().replacement().keep().contains(collection.name()))
                .map(collection -> List.<Object>of(
                        collection.name(),
                        collection.type(),
                        collection.type() == CollectionType.VIEW ? collection.options() : ""))
                .collect(Collectors.toSet());
    }
}
