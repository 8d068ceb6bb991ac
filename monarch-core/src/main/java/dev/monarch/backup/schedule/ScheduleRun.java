package dev.monarch.backup.schedule;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.LockLostException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.backup.BackupReport;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.VerificationReport;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.engine.backup.retention.BackupRemoval;
import dev.monarch.engine.environment.ObservedOperation;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.transfer.TransferProgress.TransferListener;

/** Runs a due backup: takes it, verifies it and prunes others. Each step requires the success of the previous one. */
final class ScheduleRun {

    private static final Logger log = LoggerFactory.getLogger(ScheduleRun.class);

    private static final String VERIFY = "verify the backup of";

    private final EnvironmentRegistry environments;

    private final BackupService backups;

    private final BackupStores stores;

    private final RetentionService retention;

    ScheduleRun(
            EnvironmentRegistry environments, BackupService backups, BackupStores stores, RetentionService retention) {
        this.environments = environments;
        this.backups = backups;
        this.stores = stores;
        this.retention = retention;
    }

    /** Runs something whose outcome the listener of the registry hears of. */
    RunOutcome observed(BackupSchedule schedule, Supplier<RunOutcome> run) {
        return ObservedOperation.in(
                        environments, Operation.Kind.SCHEDULED_BACKUP, schedule.environment(), schedule.id())
                .run(run, (operation, outcome) -> outcome.event(operation));
    }

    /** Runs the steps. A failure is an outcome, not an exception. */
    RunOutcome run(BackupSchedule schedule, HeldLock lock) {
        BackupReport taken = null;
        try (InterruptOnLockLoss loss = new InterruptOnLockLoss(lock)) {
            try {
                taken = take(schedule);
                verify(schedule, taken.name());
                prune(schedule, lock);
                return RunOutcome.taken(taken);
            } catch (RuntimeException e) {
                Optional<LockLostException> lost = loss.loss();
                if (lost.isPresent() || !isInterrupted(e)) {
                    return failed(schedule, taken, lost.isPresent() ? lost.get() : e);
                }
                return stopped(schedule, taken, e);
            }
        }
    }

    private BackupReport take(BackupSchedule schedule) {
        BackupRequest request = BackupRequest.of(schedule.environment())
                .named(schedule.name())
                .into(schedule.store())
                .withQuerySet(schedule.querySet())
                .paced(schedule.pace());
        return backups.backup(request);
    }

    private void verify(BackupSchedule schedule, String taken) {
        if (!schedule.verifyAfter()) {
            return;
        }
        VerificationReport report =
                backups.verify(BackupSource.stored(taken, schedule.store()), schedule.pace(), TransferListener.NONE);
        // An interrupt closes files, which can look like damage.
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException(VERIFY, schedule.environment(), null);
        }
        if (!report.ok()) {
            throw new TransferFailedException(
                    VERIFY,
                    schedule.environment(),
                    "'" + taken + "' is damaged, so no other backup was removed: " + report.findings(),
                    List.of(),
                    null);
        }
    }

    private void prune(BackupSchedule schedule, HeldLock lock) {
        Retention kept = schedule.pruneAfter();
        if (kept != null) {
            ObservedOperation.in(environments, Operation.Kind.PRUNE, schedule.environment(), null)
                    .run(() -> prune(schedule, kept, lock));
        }
    }

    private PruneReport prune(BackupSchedule schedule, Retention kept, HeldLock lock) {
        RetentionPlan plan =
                retention.plan(PruneRequest.of(schedule.environment(), kept).from(schedule.store()));
        return new BackupRemoval(stores.get(schedule.store()), lock).remove(plan, plan.removals());
    }

    private static boolean isInterrupted(RuntimeException e) {
        return e instanceof OperationInterruptedException
                || Thread.currentThread().isInterrupted();
    }

    private static RunOutcome stopped(BackupSchedule schedule, @Nullable BackupReport taken, RuntimeException e) {
        RuntimeException interrupted = e instanceof OperationInterruptedException
                ? e
                : new OperationInterruptedException(taken == null ? "back up" : VERIFY, schedule.environment(), e);
        if (taken == null) {
            log.warn(
                    "Schedule {}: the backup was interrupted and removed; the next start, or another instance, takes"
                            + " it",
                    schedule.id());
            return RunOutcome.missed("interrupted", interrupted);
        }
        log.warn(
                "Schedule {}: '{}' was taken, but its verification or pruning was interrupted",
                schedule.id(),
                taken.name());
        return new RunOutcome("taken, then interrupted: " + taken.name(), taken, interrupted);
    }

    private static RunOutcome failed(BackupSchedule schedule, @Nullable BackupReport taken, RuntimeException e) {
        log.error(
                "Schedule {}: {} {} The schedule continues.",
                schedule.id(),
                e.getMessage(),
                taken != null ? "The backup '" + taken.name() + "' exists." : "There is no backup for this time.",
                e instanceof MonarchException ? null : e);
        return new RunOutcome("failed: " + e.getMessage(), taken, e);
    }
}
