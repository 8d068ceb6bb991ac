package dev.monarch.migration;

import java.util.List;

import dev.monarch.engine.Checks;
import dev.monarch.migration.MigrationHook.RunPlan;

/**
 * What a rollback would roll back.
 *
 * @param environment the environment on which it would work
 * @param rollbacks the migrations that it would roll back, in order: the one that was applied last comes first
 */
public record RollbackPlan(String environment, List<PlannedRollback> rollbacks) implements RunPlan {

    /**
     * Creates a plan.
     *
     * @throws IllegalArgumentException if {@code environment} is blank
     */
    public RollbackPlan {
        Checks.notBlank("environment", environment);
        rollbacks = List.copyOf(rollbacks);
    }

    @Override
    public List<String> ids() {
        return rollbacks.stream().map(PlannedRollback::id).toList();
    }

    /**
     * A migration that will be rolled back.
     *
     * @param id its id
     * @param down whether its {@code down} runs; false for an ignored migration, which is only removed from the
     *     history
     * @param again whether an earlier rollback of it did not end
     */
    public record PlannedRollback(String id, boolean down, boolean again) {

        /**
         * Creates a planned rollback.
         *
         * @throws IllegalArgumentException if {@code id} is blank
         */
        public PlannedRollback {
            Checks.notBlank("id", id);
        }
    }
}
