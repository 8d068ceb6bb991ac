package dev.monarch.engine.migration;

import dev.monarch.migration.Amendment.AmendmentPlan;
import dev.monarch.migration.Amendment.PlannedAmendment;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.migration.MigrationSet;

/**
 * Makes manual changes to the history, while the lock is held. No migration runs.
 *
 * @param run the run that holds the lock
 * @param migrations the application's migrations
 * @param listener receives each change
 */
record AmendmentRun(LockedRun run, MigrationSet migrations, MigrationListener listener) {

    /**
     * Makes the planned changes.
     *
     * @param plan the changes
     * @param reason the reason, which the history records
     * @return the plan
     */
    AmendmentPlan execute(AmendmentPlan plan, String reason) {
        plan.changes().forEach(change -> make(change, plan.environment(), reason));
        return plan;
    }

    private void make(PlannedAmendment change, String environment, String reason) {
        String version = migrations
                .find(change.id())
                .map(migration -> migration.policy().version())
                .orElse("");
        run.history().amend(change.id(), ShownState.recorded(change.to()), version, reason);
        listener.onEvent(new MigrationEvent.Amended(
                environment,
                "'" + change.id() + "' was " + change.from() + " and is now " + change.to() + ": " + reason));
    }
}
