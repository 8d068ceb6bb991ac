package dev.monarch.migration;

import java.util.List;

/**
 * What an amendment would change in the history, or has changed.
 *
 * @param environment the environment
 * @param changes the entries it changes, in the order of their ids
 */
public record AmendmentPlan(String environment, List<PlannedAmendment> changes) {

    public AmendmentPlan {
        changes = List.copyOf(changes);
    }

    /**
     * A change of one entry of the history.
     *
     * @param id the migration
     * @param from its state in the history; {@link MigrationStatus.State#PENDING} if it has no entry
     * @param to its new state
     */
    public record PlannedAmendment(String id, MigrationStatus.State from, MigrationStatus.State to) {}
}
