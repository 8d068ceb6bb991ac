package dev.monarch.migration;

import java.util.List;

import dev.monarch.migration.MigrationHook.RunPlan;

/**
 * What a rollback would take back.
 *
 * @param environment the environment it would work on
 * @param rollbacks the migrations it would take back, in order: the one applied last comes first
 */
public record RollbackPlan(String environment, List<PlannedRollback> rollbacks) implements RunPlan {

    public RollbackPlan {
        rollbacks = List.copyOf(rollbacks);
    }

    @Override
    public List<String> ids() {
        return rollbacks.stream().map(PlannedRollback::id).toList();
    }

    /**
     * A migration that is to be taken back.
     *
     * @param id its id
     * @param down whether its {@code down} runs; not for one that was ignored, which is only struck out of the history
     * @param again whether it has been tried before and was not ended
     */
    public record PlannedRollback(String id, boolean down, boolean again) {}
}
