package dev.monarch;

import org.jspecify.annotations.Nullable;

/** The root of everything Monarch throws on purpose; the permitted types are the whole list. */
public abstract sealed class MonarchException extends RuntimeException
        permits BackupStoreException,
                DamagedArchiveException,
                HistoryWriteException,
                InvalidEnvironmentException,
                InvalidMigrationsException,
                InvalidRequestException,
                LockHeldException,
                LockLostException,
                MigrationExhaustedException,
                MigrationFailedException,
                MigrationUnresolvedException,
                MigrationVetoedException,
                OperationInterruptedException,
                OperationRefusedException,
                PendingMigrationsException,
                RestoreIncompleteException,
                RollbackFailedException,
                SwapInterruptedException,
                TransferFailedException,
                UnknownBackupException,
                UnknownBackupStoreException,
                UnknownEnvironmentException,
                UnknownMigrationException {

    private static final long serialVersionUID = 1L;

    MonarchException(String message) {
        this(message, null);
    }

    MonarchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
