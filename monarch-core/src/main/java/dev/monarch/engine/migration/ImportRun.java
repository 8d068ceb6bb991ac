package dev.monarch.engine.migration;

import java.util.List;
import java.util.Objects;

import dev.monarch.InvalidRequestException;
import dev.monarch.engine.history.ImportedMigration;
import dev.monarch.migration.HistoryImport.ImportPlan;
import dev.monarch.migration.HistoryImport.ImportedEntry;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSet;

/**
 * Records another tool's history in Monarch's own, while the lock is held. No migration runs.
 *
 * @param run the run that holds the lock
 * @param migrations the application's migrations
 * @param listener is told what was imported
 */
record ImportRun(LockedRun run, MigrationSet migrations, MigrationListener listener) {

    /**
     * Records what the plan says.
     *
     * @return the plan
     * @throws InvalidRequestException if it has conflicts; nothing was written
     */
    ImportPlan execute(ImportPlan plan) {
        requireNoConflicts(plan);
        List<ImportedMigration> changes =
                plan.changes().stream().map(this::imported).toList();
        if (!changes.isEmpty()) {
            run.history().importAll(changes, plan.source());
            listener.onEvent(new MigrationEvent.Amended(
                    plan.environment(), changes.size() + " entries were imported from " + plan.source()));
        }
        return plan;
    }

    /**
     * Refuses a plan with conflicts.
     *
     * @throws InvalidRequestException if so; it lists all of them
     */
    static void requireNoConflicts(ImportPlan plan) {
        if (!plan.conflicts().isEmpty()) {
            throw new InvalidRequestException(plan.environment(), "import " + plan.source(), plan.conflicts());
        }
    }

    private ImportedMigration imported(ImportedEntry entry) {
        String id = Objects.requireNonNull(entry.id());
        return new ImportedMigration(
                id,
                ShownState.recorded(Objects.requireNonNull(entry.state())),
                entry.at(),
                migrations
                        .find(id)
                        .map(migration -> migration.policy().version())
                        .orElse(""),
                entry.detail());
    }
}
