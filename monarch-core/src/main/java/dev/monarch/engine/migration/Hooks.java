package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

import dev.monarch.Fact;
import dev.monarch.MigrationVetoedException;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationHook;
import dev.monarch.migration.MigrationHook.RunPlan;

/** Calls several hooks as one: in their order before a run or migration, in reverse order after it. */
final class Hooks {

    private final List<MigrationHook> hooks;

    private final List<MigrationHook> reversed;

    private final MigrationListener listener;

    Hooks(List<MigrationHook> hooks, MigrationListener listener) {
        this.hooks = hooks;
        this.reversed = new ArrayList<>(hooks);
        Collections.reverse(reversed);
        this.listener = listener;
    }

    /** One call of one hook. */
    @FunctionalInterface
    private interface Call {
        void on(MigrationHook hook) throws Exception;
    }

    /** Runs an action between the hooks before a run and those after it. */
    void around(RunPlan plan, Runnable run) {
        RuntimeException failure = null;
        try {
            before(plan, hook -> hook.beforeRun(plan));
            run.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            RuntimeException known = failure;
            after(plan, hook -> hook.afterRun(plan, known));
        }
    }

    /** Returns the backup that a hook took before the run, if there is one. */
    @Nullable
    String backup(RunPlan plan) {
        return hooks.stream()
                .map(hook -> hook.backup(plan))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Runs one migration between the hooks before it and those after it. */
    void around(RunPlan plan, String id, Runnable migration) {
        before(plan, hook -> hook.beforeMigration(plan, id));
        RuntimeException failure = null;
        try {
            migration.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            RuntimeException known = failure;
            after(plan, hook -> hook.afterMigration(plan, id, known));
        }
    }

    private void before(RunPlan plan, Call call) {
        for (MigrationHook hook : hooks) {
            try {
                call.on(hook);
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                throw new MigrationVetoedException(plan.environment(), nameOf(hook), e);
            }
        }
    }

    private void after(RunPlan plan, Call call) {
        for (MigrationHook hook : reversed) {
            try {
                call.on(hook);
            } catch (Exception e) {
                listener.onEvent(new MigrationEvent.Warning(
                        plan.environment(), Fact.note("The hook " + nameOf(hook) + " failed after the run: " + e)));
            }
        }
    }

    private static String nameOf(MigrationHook hook) {
        return AopUtils.getTargetClass(hook).getName();
    }
}
