package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.engine.history.Attempt;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationPlan.PlannedMigration;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MongoMigration;

/** Runs the planned migrations one after the other, while the lock is held. */
final class MigrationRun {

    private final LockedRun run;

    private final MigrationCall call;

    private final Hooks hooks;

    private final MigrationListener listener;

    private final MigrationSet migrations;

    private final int maxAttempts;

    MigrationRun(
            LockedRun run,
            MigrationCall call,
            Hooks hooks,
            MigrationListener listener,
            MigrationSet migrations,
            int maxAttempts) {
        this.run = run;
        this.call = call;
        this.hooks = hooks;
        this.listener = listener;
        this.migrations = migrations;
        this.maxAttempts = maxAttempts;
    }

    List<AppliedMigration> execute(MigrationPlan plan) {
        plan.pending().forEach(planned -> requireResolved(plan.environment(), planned));
        List<AppliedMigration> applied = new ArrayList<>();
        hooks.around(plan, () -> {
            listener.onEvent(new MigrationEvent.RunStarted(plan.environment(), plan.ids()));
            for (PlannedMigration planned : plan.pending()) {
                requireAttemptsLeft(plan.environment(), planned);
                hooks.around(plan, planned.id(), () -> applied.add(runOne(plan, planned)));
            }
        });
        return applied;
    }

    private static void requireResolved(String environment, PlannedMigration planned) {
        String obstacle = planned.obstacle();
        if (obstacle != null) {
            throw new MigrationUnresolvedException(environment, planned.id(), obstacle);
        }
    }

    private void requireAttemptsLeft(String environment, PlannedMigration planned) {
        if (planned.attempts() >= maxAttempts && planned.reason() != PlannedMigration.Reason.FORCED) {
            throw new MigrationExhaustedException(environment, planned.id(), planned.attempts(), lastAttempt(planned));
        }
    }

    private AppliedMigration runOne(MigrationPlan plan, PlannedMigration planned) {
        String environment = plan.environment();
        String id = planned.id();
        int number = planned.attempts() + 1;
        run.requireNotStopped("migrate");
        Attempt attempt = run.history()
                .up(id, number, migrations.find(id).orElseThrow().policy().version(), hooks.backup(plan));
        try {
            attempt.start(run.session().id());
            listener.onEvent(new MigrationEvent.Started(environment, planned));
            call.run(
                    id,
                    MongoMigration::up,
                    attempt,
                    error -> new MigrationFailedException(environment, id, number, error));
            AppliedMigration applied = new AppliedMigration(id, number, attempt.elapsed());
            listener.onEvent(new MigrationEvent.Applied(environment, applied));
            return applied;
        } catch (RuntimeException e) {
            listener.onEvent(new MigrationEvent.Failed(environment, id, number, attempt.elapsed(), e));
            throw e;
        }
    }

    private static String lastAttempt(PlannedMigration planned) {
        String error = planned.lastError();
        return error != null ? error : "it did not end: its process died or lost the lock";
    }
}
