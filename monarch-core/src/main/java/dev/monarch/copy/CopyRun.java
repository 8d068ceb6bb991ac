package dev.monarch.copy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.copy.CopyService.CopyReport;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.staging.Replacement;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.transfer.ReadReport;
import dev.monarch.transfer.TransferProgress.TransferListener;

/**
 * Plans and runs one copy.
 *
 * @param scope what is copied, and where
 * @param guard decides whether the target may be changed
 * @param lock the timing of the lock
 */
record CopyRun(CopyScope scope, Guard guard, LockSettings lock) {

    private static final Logger log = LoggerFactory.getLogger(CopyRun.class);

    ReplacementPlan plan() {
        return OperationFailure.translated(
                CopyScope.OPERATION, scope.target().name(), () -> replacement().plan(origin()));
    }

    CopyReport run(TransferListener listener) {
        try {
            scope.requireOther();
            scope.requireApproval(guard);
            EnvironmentOrigin origin = origin();
            ReplacementReport replaced = replacement().run(origin, listener);
            CopyReport report =
                    new CopyReport(scope.source().name(), scope.target().name(), origin.report(), replaced);
            log(report);
            return report;
        } catch (RuntimeException e) {
            throw OperationFailure.of(CopyScope.OPERATION, scope.target().name(), e);
        }
    }

    private Replacement replacement() {
        return new Replacement(scope.target(), scope.staging(), lock);
    }

    private EnvironmentOrigin origin() {
        return new EnvironmentOrigin(scope, guard, lock);
    }

    private static void log(CopyReport report) {
        ReplacementReport replaced = report.replacement();
        log.info(
                "Copied '{}' into '{}': {} collections, {} documents, {} bytes, in {} s, consistency {}",
                report.source(),
                report.target(),
                replaced.loaded().collections(),
                replaced.loaded().documents(),
                replaced.loaded().bytes(),
                replaced.elapsed().toMillis() / 1000.0,
                report.reading().consistency());
        if (report.reading().consistency() != ReadReport.AchievedConsistency.SNAPSHOT) {
            log.warn(
                    "'{}' is not a consistent snapshot of '{}': {}",
                    report.target(),
                    report.source(),
                    String.join("; ", report.reading().reasons()));
        }
        report.reading()
                .warnings()
                .forEach(warning -> log.warn("During the copy of '{}': {}", report.source(), warning));
        if (replaced.interruptedMigrations() > 0) {
            log.warn(
                    "{} migrations were running in '{}'; in the history of '{}' they are INTERRUPTED, or ROLLING_BACK if they"
                            + " were being rolled back",
                    replaced.interruptedMigrations(),
                    report.source(),
                    report.target());
        }
    }
}
