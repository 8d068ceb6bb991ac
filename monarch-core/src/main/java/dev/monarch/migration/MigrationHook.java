package dev.monarch.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Is called before and after each run, rollback and migration, while the lock is held.
 *
 * <p>Before, several hooks are called in their order ({@code @Order}); after, in reverse order. If a hook throws
 * before a run or a migration, it vetoes: the run ends with {@link dev.monarch.MigrationVetoedException}, and nothing
 * more runs. If it throws afterwards, Monarch only reports it, because nothing can be undone. A run that has nothing
 * to do calls no hook.
 */
public interface MigrationHook {

    /**
     * Is called when the lock is held, before anything runs.
     *
     * @param plan what will run
     * @throws Exception to veto the run; nothing has run
     */
    default void beforeRun(RunPlan plan) throws Exception {}

    /**
     * Returns the backup that this hook took in {@link #beforeRun}. The history records its name for every migration
     * of the run.
     *
     * @param plan what will run
     * @return the name of the backup, or null if it took none
     */
    default @Nullable String backup(RunPlan plan) {
        return null;
    }

    /**
     * Is called before a migration starts.
     *
     * @param plan what is running
     * @param id the migration
     * @throws Exception to veto it; the migrations before it have run
     */
    default void beforeMigration(RunPlan plan, String id) throws Exception {}

    /**
     * Is called after a migration has ended and the history says so.
     *
     * @param plan what is running
     * @param id the migration
     * @param failure what the run will throw, or null if the migration succeeded
     * @throws Exception to report a problem
     */
    default void afterMigration(RunPlan plan, String id, @Nullable Throwable failure) throws Exception {}

    /**
     * Is called when the run has ended, before the lock is released; also after a veto.
     *
     * @param plan what was to run
     * @param failure what the run will throw, or null if it succeeded
     * @throws Exception to report a problem
     */
    default void afterRun(RunPlan plan, @Nullable Throwable failure) throws Exception {}

    /** What a run or a rollback will do. */
    public sealed interface RunPlan permits MigrationPlan, RollbackPlan {

        /** {@return the name of the environment} */
        String environment();

        /** {@return the ids of the migrations that it will call, in order} */
        List<String> ids();
    }
}
