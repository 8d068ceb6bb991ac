package dev.monarch.engine.migration;

import java.util.List;

import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.Amendment.PlannedAmendment;

/**
 * Plans manual changes of the history, and makes them under the lock.
 *
 * @param migrated the environment
 */
public record AmendmentOperation(MigratedEnvironment migrated) {

    /** Plans an amendment; one round trip. */
    public AmendmentPlan plan(Amendment amendment) {
        return plan(migrated.entries(), amendment);
    }

    private AmendmentPlan plan(List<HistoryEntry> entries, Amendment amendment) {
        migrated.requireValid(entries);
        return new AmendmentPlanner(migrated.name(), migrated.migrations(), entries).plan(amendment);
    }

    /** Changes the history, if there is something to change. */
    public AmendmentPlan run(Amendment amendment) {
        return migrated.translated("amend the history of", () -> amend(amendment));
    }

    private AmendmentPlan amend(Amendment amendment) {
        AmendmentPlan first = plan(amendment);
        if (first.changes().isEmpty()) {
            return first;
        }
        migrated.requirePrivileges();
        List<String> ids = first.changes().stream().map(PlannedAmendment::id).toList();
        return migrated.whileHeld(
                "amend the history",
                migrated.deployment(),
                ids,
                run -> new AmendmentRun(run, migrated.migrations(), migrated.listener())
                        .execute(plan(run.entries(), amendment), amendment.reason()));
    }
}
