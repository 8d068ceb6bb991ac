package dev.monarch;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The root of all exceptions that Monarch throws deliberately. The permitted types are the complete list. */
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

    @SuppressWarnings("serial") // An immutable list of facts is serializable, whatever its interface says.
    private final List<Fact> facts;

    MonarchException(Reason reason, String message, @Nullable Throwable cause) {
        this(List.of(new Fact(reason, message)), message, cause);
    }

    MonarchException(List<Fact> facts, String message, @Nullable Throwable cause) {
        super(message, cause);
        if (facts.isEmpty()) {
            throw new IllegalArgumentException("An exception needs at least one fact: " + message);
        }
        this.facts = List.copyOf(facts);
    }

    /**
     * {@return the reason; the first one, if there are several}
     */
    public final Reason reason() {
        return facts.get(0).reason();
    }

    /**
     * {@return all findings, at least one}
     */
    public final List<Fact> facts() {
        return facts;
    }
}
