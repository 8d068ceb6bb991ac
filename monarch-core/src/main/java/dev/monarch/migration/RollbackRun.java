package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.monarch.RollbackFailedException;
import dev.monarch.migration.history.EntryChange;
import dev.monarch.migration.history.HistoryEntry;

/** Takes back what is planned, one after the other, while the lock is held. */
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
        run.lock().ensureHeld();
        long start = System.nanoTime();
        try {
            if (planned.down()) {
                down(environment, planned, start);
            } else {
                run.history().write(planned.id(), EntryChange.rolledBack(since(start)));
            }
            RolledBackMigration rolledBack = new RolledBackMigration(planned.id(), planned.down(), since(start));
            listener.onEvent(new MigrationEvent.RolledBack(environment, rolledBack));
            return rolledBack;
        } catch (RuntimeException e) {
            listener.onEvent(new MigrationEvent.RollbackFailed(environment, planned.id(), e));
            throw e;
        }
    }

    private void down(String environment, PlannedRollback planned, long start) {
        String id = planned.id();
        int attempt = run.entry(id).map(HistoryEntry::attempts).orElse(0);
        run.history().write(id, EntryChange.rollingBack(attempt, run.session().id()));
        listener.onEvent(new MigrationEvent.RollingBack(environment, planned));
        call.run(
                id,
                MongoMigration::down,
                new MigrationCall.Outcome(
                        () -> EntryChange.rolledBack(since(start)),
                        error -> EntryChange.rollbackFailed(attempt, since(start), error),
                        error -> new RollbackFailedException(environment, id, error)));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
