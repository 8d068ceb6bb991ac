package dev.monarch.backup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.backup.QueryScratch.ScratchTools;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;

/**
 * Plans and runs one restore.
 *
 * @param scope what is restored, and where
 * @param tools what the restore, and a scratch database of it, are made with
 */
record RestoreRun(RestoreScope scope, ScratchTools tools) {

    private static final Logger log = LoggerFactory.getLogger(RestoreRun.class);

    ReplacementPlan plan() {
        return OperationFailure.translated(
                RestoreScope.OPERATION,
                scope.target().name(),
                () -> replacement().plan(origin()));
    }

    RestoreReport run() {
        BackupOrigin origin = origin();
        try {
            ReplacementReport report = replacement().run(origin, tools.listener());
            log(report);
            StoredArchive archive = scope.archive();
            return new RestoreReport(archive.title(), scope.target().name(), archive.manifest() != null, report);
        } catch (RuntimeException e) {
            throw OperationFailure.of(RestoreScope.OPERATION, scope.target().name(), e);
        }
    }

    private Replacement replacement() {
        return new Replacement(scope.target(), scope.staging(), tools.lock());
    }

    private BackupOrigin origin() {
        return new BackupOrigin(
                scope, tools.guard(), (restore, contents) -> new QueryScratch(restore, contents, tools));
    }

    private void log(ReplacementReport report) {
        log.info(
                "Restored '{}' into '{}': {} collections, {} documents, {} bytes, in {} s",
                scope.archive().title(),
                scope.target().name(),
                report.loaded().collections(),
                report.loaded().documents(),
                report.loaded().bytes(),
                report.elapsed().toMillis() / 1000.0);
        if (report.interruptedMigrations() > 0) {
            log.warn(
                    "{} migrations were running when '{}' was taken; in the history of '{}' they are INTERRUPTED, or"
                            + " ROLLING_BACK if they were being rolled back",
                    report.interruptedMigrations(),
                    scope.archive().title(),
                    scope.target().name());
        }
    }
}
