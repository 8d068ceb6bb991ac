package dev.monarch.engine.backup.retention;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.BackupStoreException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.retention.RetentionPlan;
import dev.monarch.backup.retention.RetentionPlan.PruneReport;
import dev.monarch.engine.lock.HeldLock;

/**
 * Removes backups that a retention policy does not keep, while the environment's lock is held.
 *
 * @param store the store of the backups
 * @param lock the lock of the environment, which must be held before each removal
 */
public record BackupRemoval(BackupStore store, HeldLock lock) {

    private static final Logger log = LoggerFactory.getLogger(BackupRemoval.class);

    private static final String OPERATION = "prune the backups of";

    /**
     * Removes backups one after another. If one cannot be removed, the others are removed nevertheless.
     *
     * @param plan the decisions
     * @param removals the backups to remove, in this order
     * @return the removed backups and the failures
     * @throws dev.monarch.LockLostException if the lock was lost
     * @throws OperationInterruptedException if the thread was interrupted
     */
    public PruneReport remove(RetentionPlan plan, List<BackupSummary> removals) {
        List<BackupSummary> removed = new ArrayList<>();
        List<PruneReport.Failure> failures = new ArrayList<>();
        for (BackupSummary backup : removals) {
            requireNotStopped(plan.environment());
            try {
                store.delete(backup.name());
                removed.add(backup);
                log.info(
                        "Removed the backup '{}' of '{}' from {}: the retention does not keep it",
                        backup.name(),
                        backup.environment(),
                        store.description());
            } catch (UnknownBackupException e) {
                log.debug("Another process has removed '{}'", backup.name(), e);
            } catch (BackupStoreException e) {
                failures.add(new PruneReport.Failure(backup.name(), String.valueOf(e.getMessage())));
                log.warn("The backup '{}' could not be removed and still exists: {}", backup.name(), e.getMessage());
            }
        }
        return new PruneReport(plan, removed, failures);
    }

    private void requireNotStopped(String environment) {
        lock.ensureHeld();
        if (Thread.currentThread().isInterrupted()) {
            throw new OperationInterruptedException(OPERATION, environment, null);
        }
    }
}
