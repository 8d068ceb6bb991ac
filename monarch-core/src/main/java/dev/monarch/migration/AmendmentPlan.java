package dev.monarch.migration;

import java.util.List;

/**
 * What an amendment would change in the history, or has changed.
 *
 * @param environment the environment
 * @param changes the entries it changes, in the order of their ids
 */
public record AmendmentPlan(String environment, List<PlannedAmendment> changes) {

    /**
     * Creates a plan.
     *
     * @param environment the environment
     * @param changes the entries it changes
     */
    public AmendmentPlan {
        changes = List.copyOf(changes);
    }
}
