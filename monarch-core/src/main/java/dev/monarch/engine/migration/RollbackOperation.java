package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.List;

import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.RollbackPlan;
import dev.monarch.migration.RollbackPlan.RollbackReport;
import dev.monarch.migration.RollbackPlan.RollbackReport.RolledBackMigration;
import dev.monarch.migration.RollbackPlan.RollbackTarget;

/**
 * Plans a rollback, and runs it under the lock.
 *
 * @param migrated the environment
 */
public record RollbackOperation(MigratedEnvironment migrated) {

    /** Plans a rollback; one round trip. */
    public RollbackPlan plan(RollbackTarget target) {
        return plan(migrated.entries(), target);
    }

    private RollbackPlan plan(List<HistoryEntry> entries, RollbackTarget target) {
        migrated.requireValid(entries);
        return new RollbackPlanner(migrated.name(), migrated.migrations()).plan(entries, target);
    }

    /** Rolls migrations back. */
    public RollbackReport run(RollbackTarget target) {
        return migrated.translated("roll back", () -> rollBack(target));
    }

    private RollbackReport rollBack(RollbackTarget target) {
        long start = System.nanoTime();
        RollbackPlan plan = plan(target);
        migrated.requirePrivileges();
        Deployment deployment = migrated.deployment();
        TransactionSupport.require(migrated.migrations(), plan.ids(), deployment);
        List<RolledBackMigration> rolledBack =
                plan.rollbacks().isEmpty() ? List.of() : rollBackUnderLock(plan, target, deployment);
        RollbackReport report =
                new RollbackReport(migrated.name(), rolledBack, Duration.ofNanos(System.nanoTime() - start));
        migrated.publish(new MigrationEvent.RollbackFinished(migrated.name(), report));
        return report;
    }

    private List<RolledBackMigration> rollBackUnderLock(
            RollbackPlan plan, RollbackTarget target, Deployment deployment) {
        return migrated.whileHeld(
                "rollback",
                deployment,
                plan.ids(),
                run -> new RollbackRun(run, migrated.call(run), migrated.hooks(), migrated.listener())
                        .execute(plan(run.entries(), target)));
    }
}
