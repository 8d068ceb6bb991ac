package dev.monarch.backup;

import java.time.Duration;
import java.util.List;

import dev.monarch.OperationInterruptedException;
import dev.monarch.engine.Checks;
import dev.monarch.environment.EnvironmentRegistry.Operation;
import dev.monarch.environment.EnvironmentRegistry.Operation.Kind;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.transfer.TransferProgress.Limit;

/**
 * The result of taking a backup.
 *
 * @param manifest the manifest of the backup
 * @param store the name of its store
 * @param limitedBy what limited the backup, the largest share first
 * @param elapsed the duration
 */
public record BackupReport(Manifest manifest, String store, List<Limit> limitedBy, Duration elapsed) {

    /**
     * Creates a report.
     *
     * @throws IllegalArgumentException if {@code store} is blank, or {@code elapsed} is negative
     */
    public BackupReport {
        Checks.notBlank("store", store);
        limitedBy = List.copyOf(limitedBy);
        Checks.notNegative("elapsed", elapsed);
    }

    /** {@return the name of the backup in the store} */
    public String name() {
        return manifest.name();
    }

    /**
     * Receives how backups, verifications and schedules end. Implement the methods that you need; the others do nothing.
     *
     * <p>Each method is called by the thread of the operation. An exception is logged and does not affect the operation.
     */
    public interface BackupListener extends OperationListener {

        /**
         * Called when a backup is complete.
         *
         * @param report the result
         */
        default void onBackupTaken(BackupReport report) {}

        /**
         * Called when a backup failed. Nothing of it is in the store.
         *
         * @param environment the name of the environment
         * @param error why; an {@link OperationInterruptedException} if it was interrupted
         */
        default void onBackupFailed(String environment, Throwable error) {}

        /**
         * Called when a backup was read completely, whether it is good or damaged.
         *
         * @param report the result
         */
        default void onBackupVerified(VerificationReport report) {}

        /**
         * Called when a schedule did not do what it should: there is no backup for the due time, or the backup is damaged, or
         * others could not be pruned. If the backup failed, {@link #onBackupFailed} is called as well. It is not called for a
         * run that was interrupted, because the next start of the application continues it.
         *
         * @param schedule the id of the schedule
         * @param environment the name of its environment
         * @param error why
         */
        default void onScheduleFailed(String schedule, String environment, Throwable error) {}

        /** Calls the method for an event. */
        @Override
        default void onEvent(OperationEvent event) {
            Operation operation = event.operation();
            String environment = String.valueOf(operation.environment());
            if (event instanceof OperationEvent.Succeeded succeeded) {
                if (operation.kind() == Kind.BACKUP) {
                    onBackupTaken((BackupReport) succeeded.result());
                } else if (operation.kind() == Kind.VERIFICATION) {
                    onBackupVerified((VerificationReport) succeeded.result());
                }
            } else if (event instanceof OperationEvent.Failed failed) {
                if (operation.kind() == Kind.BACKUP) {
                    onBackupFailed(environment, failed.error());
                } else if (operation.kind() == Kind.SCHEDULED_BACKUP
                        && !(failed.error() instanceof OperationInterruptedException)) {
                    onScheduleFailed(String.valueOf(operation.subject()), environment, failed.error());
                }
            }
        }
    }
}
