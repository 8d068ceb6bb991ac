package dev.monarch.migration;

import java.util.ArrayList;
import java.util.List;

/**
 * What a run would do.
 *
 * @param environment the environment it would run on
 * @param pending the migrations it would run, in order
 * @param applied how many of the known migrations are applied already
 * @param warnings what a person should know, each a sentence
 */
public record MigrationPlan(String environment, List<PlannedMigration> pending, int applied, List<String> warnings)
        implements RunPlan {

    /**
     * Creates a plan.
     *
     * @param environment the environment
     * @param pending what would run
     * @param applied how many are applied
     * @param warnings what a person should know
     */
    public MigrationPlan {
        pending = List.copyOf(pending);
        warnings = List.copyOf(warnings);
    }

    /**
     * Tells whether a run would do nothing.
     *
     * @return whether nothing is pending
     */
    public boolean isUpToDate() {
        return pending.isEmpty();
    }

    @Override
    public List<String> ids() {
        return pending.stream().map(PlannedMigration::id).toList();
    }

    /**
     * Returns the ids of the pending migrations.
     *
     * @return the ids, in order
     */
    public List<String> pendingIds() {
        return ids();
    }

    MigrationPlan warning(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new MigrationPlan(environment, pending, applied, all);
    }
}
