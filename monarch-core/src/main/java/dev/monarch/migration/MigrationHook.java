package dev.monarch.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Called before and after each run and each migration, while the lock is held; forwards and backwards.
 *
 * <p>Several are called in their order ({@code @Order}) before, and in the reverse of it after. What a hook throws before
 * a run, or before a migration, is a veto: the run ends with {@link dev.monarch.MigrationVetoedException} and nothing more
 * is run. What it throws after one is only reported, for it cannot undo anything. A run that finds nothing to do calls no
 * hook.
 */
public interface MigrationHook {

    /**
     * Called once the lock is held and before anything is run.
     *
     * @param plan what is going to be run
     * @throws Exception to forbid it; nothing has been run
     */
    default void beforeRun(RunPlan plan) throws Exception {}

    /**
     * Returns the backup that this hook took in {@link #beforeRun}; it is kept in the history of every migration of the run.
     *
     * @param plan what is going to be run
     * @return the name of the backup, or null if it took none
     */
    default @Nullable String backup(RunPlan plan) {
        return null;
    }

    /**
     * Called before a migration is started.
     *
     * @param plan what is being run
     * @param id the migration
     * @throws Exception to forbid it; those before it have been run
     */
    default void beforeMigration(RunPlan plan, String id) throws Exception {}

    /**
     * Called after a migration has ended, once the history says so.
     *
     * @param plan what is being run
     * @param id the migration
     * @param failure what the run is going to throw, or null if the migration succeeded
     * @throws Exception to have it reported
     */
    default void afterMigration(RunPlan plan, String id, @Nullable Throwable failure) throws Exception {}

    /**
     * Called when the run has ended, before the lock is released; also after a veto.
     *
     * @param plan what was to be run
     * @param failure what the run is going to throw, or null if it succeeded
     * @throws Exception to have it reported
     */
    default void afterRun(RunPlan plan, @Nullable Throwable failure) throws Exception {}

    /** What a run is going to do, forwards or backwards. */
    public sealed interface RunPlan permits MigrationPlan, RollbackPlan {

        /**
         * Returns the environment it works on.
         *
         * @return the environment's name
         */
        String environment();

        /**
         * Returns the migrations it is going to call, in order.
         *
         * @return their ids
         */
        List<String> ids();
    }
}
