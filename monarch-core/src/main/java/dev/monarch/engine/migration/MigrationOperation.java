package dev.monarch.engine.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationPlan;
import dev.monarch.migration.MigrationPlan.MigrationTarget;
import dev.monarch.migration.MigrationReport;
import dev.monarch.migration.MigrationReport.AppliedMigration;
import dev.monarch.migration.MigrationSettings.OtherHistories;

/**
 * Plans pending migrations, and runs them under the lock.
 *
 * @param migrated the environment
 */
public record MigrationOperation(MigratedEnvironment migrated) {

    /** Plans a run; one round trip, or two if the history is empty. */
    public MigrationPlan plan(MigrationTarget target) {
        return migrated.translated("plan the migrations of", () -> {
            List<HistoryEntry> entries = migrated.entries();
            MigrationPlan plan = plan(entries, target);
            return plan.isUpToDate() ? plan : withWarnings(plan, entries);
        });
    }

    private MigrationPlan plan(List<HistoryEntry> entries, MigrationTarget target) {
        return new Planner(migrated.name(), migrated.migrations(), migrated.settings()).plan(entries, target);
    }

    private MigrationPlan withWarnings(MigrationPlan plan, List<HistoryEntry> entries) {
        List<Fact> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(otherHistories(entries));
        warnings.addAll(unfinishedBackfills(plan));
        return new MigrationPlan(plan.environment(), plan.pending(), plan.applied(), warnings);
    }

    private List<Fact> unfinishedBackfills(MigrationPlan plan) {
        return new UnfinishedBackfills(migrated.environment(), migrated.migrations(), migrated.settings())
                .before(plan.ids());
    }

    /** Returns one fact for each history of another tool, if the environment's own history is empty. */
    public List<Fact> otherHistories() {
        return migrated.translated("read the history of", () -> otherHistories(migrated.entries()));
    }

    private List<Fact> otherHistories(List<HistoryEntry> entries) {
        return migrated.settings().otherHistory() == OtherHistories.REFUSE
                        && entries.stream().allMatch(HistoryEntry::isAnnounced)
                ? new DetectedHistories(migrated.environment()).facts()
                : List.of();
    }

    /** Runs migrations. The listeners receive a failure as an event, too. */
    public MigrationReport run(MigrationTarget target) {
        try {
            return migrated.translated("migrate", () -> migrate(target));
        } catch (RuntimeException | Error e) {
            migrated.publish(new MigrationEvent.RunFailed(migrated.name(), e));
            throw e;
        }
    }

    private MigrationReport migrate(MigrationTarget target) {
        long start = System.nanoTime();
        MigrationPlan plan = requireOwnHistory(plan(target), target);
        plan.requireBackfills();
        plan.warnings().forEach(warning -> migrated.publish(new MigrationEvent.Warning(migrated.name(), warning)));
        if (plan.isUpToDate()) {
            migrated.publish(new MigrationEvent.NothingPending(migrated.name(), plan.applied()));
            return report(List.of(), start);
        }
        MigrationReport report = report(migrateUnderLock(plan, target), start);
        migrated.publish(new MigrationEvent.RunFinished(migrated.name(), report));
        return report;
    }

    private MigrationReport report(List<AppliedMigration> applied, long start) {
        return new MigrationReport(migrated.name(), applied, Duration.ofNanos(System.nanoTime() - start));
    }

    private List<AppliedMigration> migrateUnderLock(MigrationPlan plan, MigrationTarget target) {
        migrated.requirePrivileges();
        Deployment deployment = migrated.deployment();
        TransactionSupport.require(migrated.migrations(), plan.ids(), deployment);
        // Another process may have begun an import and died, while this one waited for the lock.
        return migrated.whileHeld(
                "migrate",
                deployment,
                migrated.migrations().ids(),
                run -> execution(run).execute(requireOwnHistory(plan(run.entries(), target), target)));
    }

    private MigrationRun execution(LockedRun run) {
        return new MigrationRun(
                run,
                migrated.call(run),
                migrated.hooks(),
                migrated.listener(),
                migrated.migrations(),
                migrated.settings().maxAttempts());
    }

    /** One migration may always run: its caller asked for it by its id. */
    private static MigrationPlan requireOwnHistory(MigrationPlan plan, MigrationTarget target) {
        if (!(target instanceof MigrationTarget.One)) {
            plan.requireOwnHistory();
        }
        return plan;
    }
}
