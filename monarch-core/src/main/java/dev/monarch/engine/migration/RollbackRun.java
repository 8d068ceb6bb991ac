package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.List;

import dev.monarch.RollbackFailedException;
import dev.monarch.engine.history.Attempt;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MongoMigration;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackPlan.PlannedRollback;
import dev.monarch.migration.RollbackPlan.RollbackReport.RolledBackMigration;

/** Rolls back the planned migrations one after the other, while the lock is held. */
final class RollbackRun {

    private final LockedRun run;

    private final MigrationCall call;

    private final Hooks hooks;

    private final MigrationListener listener;

    RollbackRun(LockedRun run, MigrationCall call, Hooks hooks, MigrationListener listener) {
        this.run = run;
        this.call = call;
        this.hooks = hooks;
        this.listener = listener;
    }

    List<RolledBackMigration> execute(RollbackPlan plan) {
        List<RolledBackMigration> rolledBack = new ArrayList<>();
        hooks.around(plan, () -> {
            for (PlannedRollback planned : plan.rollbacks()) {
                hooks.around(plan, planned.id(), () -> rolledBack.add(runOne(plan.environment(), planned)));
            }
        });
        return rolledBack;
    }

    private RolledBackMigration runOne(String environment, PlannedRollback planned) {
        run.requireNotStopped("rollback");
        String id = planned.id();
        Attempt attempt =
                run.history().down(id, run.entry(id).map(HistoryEntry::attempts).orElse(0));
        try {
            if (planned.down()) {
                down(environment, planned, attempt);
            } else {
                attempt.succeed();
            }
            RolledBackMigration rolledBack = new RolledBackMigration(id, planned.down(), attempt.elapsed());
            listener.onEvent(new MigrationEvent.RolledBack(environment, rolledBack));
            return rolledBack;
        } catch (RuntimeException e) {
            listener.onEvent(new MigrationEvent.RollbackFailed(environment, id, e));
            throw e;
        }
    }

    private void down(String environment, PlannedRollback planned, Attempt attempt) {
        attempt.start(run.session().id());
        listener.onEvent(new MigrationEvent.RollingBack(environment, planned));
        call.run(
                planned.id(),
                MongoMigration::down,
                attempt,
                error -> new RollbackFailedException(environment, planned.id(), error));
    }
}
