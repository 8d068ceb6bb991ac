package dev.monarch.migration;

import java.util.List;

/**
 * What a rollback would take back.
 *
 * @param environment the environment it would work on
 * @param rollbacks the migrations it would take back, in order: the one applied last comes first
 */
public record RollbackPlan(String environment, List<PlannedRollback> rollbacks) implements RunPlan {

    /**
     * Creates a plan.
     *
     * @param environment the environment
     * @param rollbacks what would be taken back
     */
    public RollbackPlan {
        rollbacks = List.copyOf(rollbacks);
    }

    @Override
    public List<String> ids() {
        return rollbacks.stream().map(PlannedRollback::id).toList();
    }
}
