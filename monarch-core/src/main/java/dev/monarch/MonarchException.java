package dev.monarch;

import org.jspecify.annotations.Nullable;

/** The root of everything Monarch throws on purpose; the permitted types are the whole list. */
public abstract sealed class MonarchException extends RuntimeException
        permits HistoryWriteException,
                InvalidEnvironmentException,
                InvalidMigrationsException,
                LockHeldException,
                LockLostException,
                MigrationExhaustedException,
                MigrationFailedException,
                OperationRefusedException,
                PendingMigrationsException,
                UnknownEnvironmentException {

    private static final long serialVersionUID = 1L;

    MonarchException(String message) {
        this(message, null);
    }

    MonarchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
