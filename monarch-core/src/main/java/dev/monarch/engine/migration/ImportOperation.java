package dev.monarch.engine.migration;

import java.util.List;

import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.HistoryImport;
import dev.monarch.migration.HistoryImport.ImportPlan;

/**
 * Plans the import of another tool's history, and records it under the lock.
 *
 * @param migrated the environment
 */
public record ImportOperation(MigratedEnvironment migrated) {

    /** Plans an import, with all conflicts. */
    public ImportPlan plan(HistoryImport request) {
        return migrated.translated("plan the import of a history into", () -> plan(migrated.entries(), request));
    }

    private ImportPlan plan(List<HistoryEntry> entries, HistoryImport request) {
        migrated.requireValid(entries);
        return new ImportPlanner(migrated.name(), migrated.migrations(), entries)
                .plan(request, new OtherHistoryReader(migrated.environment()).read(request.source()));
    }

    /** Records what is new. */
    public ImportPlan run(HistoryImport request) {
        return migrated.translated("import a history into", () -> record(request));
    }

    private ImportPlan record(HistoryImport request) {
        ImportPlan first = plan(request);
        ImportRun.requireNoConflicts(first);
        if (first.changes().isEmpty()) {
            return first;
        }
        migrated.requirePrivileges();
        return migrated.whileHeld(
                "import a history",
                migrated.deployment(),
                migrated.migrations().ids(),
                run -> new ImportRun(run, migrated.migrations(), migrated.listener())
                        .execute(plan(run.entries(), request)));
    }
}
