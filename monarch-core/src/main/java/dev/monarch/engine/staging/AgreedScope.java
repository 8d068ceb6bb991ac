package dev.monarch.engine.staging;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * The scope of a load that begins: the one that was planned, if the same comes that was planned. What comes may differ,
 * because collections of the source come and go; then it is planned again.
 *
 * @param planner plans again
 * @param plan what was planned; null if nothing was
 * @param expectedBytes how many bytes of documents are going to come; -1 if that is not known
 */
record AgreedScope(ReplacementPlanner planner, @Nullable PlannedReplacement plan, long expectedBytes) {

    /**
     * Returns the scope.
     *
     * @param coming what comes
     * @throws dev.monarch.OperationRefusedException if it was planned again and something prevents it
     */
    ReplacementScope of(Catalogue coming) {
        if (plan != null && kinds(plan.coming()).equals(kinds(coming))) {
            StagingRequest.Replacement replacement = planner.request().replacement();
            return new ReplacementScope(
                    ReplacementScope.of(coming, List.of(), replacement).coming(),
                    plan.scope().standing(),
                    replacement);
        }
        PlannedReplacement another = planner.plan(coming, expectedBytes);
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
