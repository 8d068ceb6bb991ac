package dev.monarch.spring.boot.advice;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.support.SpringFactoriesLoader;

import dev.monarch.BackupStoreException;
import dev.monarch.DamagedArchiveException;
import dev.monarch.Fact;
import dev.monarch.HistoryWriteException;
import dev.monarch.InvalidEnvironmentException;
import dev.monarch.InvalidMigrationsException;
import dev.monarch.InvalidRequestException;
import dev.monarch.LockHeldException;
import dev.monarch.LockLostException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.MigrationVetoedException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.RollbackFailedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.UnknownMigrationException;

import static org.assertj.core.api.Assertions.assertThat;

/** The report of a failed start: what failed, why, and the next step. */
class MonarchFailureAnalyzerTests {

    @Test
    void damagedArchive() {
        analysis(
                new DamagedArchiveException("kennel.dogs", 4711, "it is cut off here", null),
                "The archive is damaged at byte 4711, in collection 'kennel.dogs': it is cut off here.",
                "Use another archive, or get a new copy of this one. Nothing was written.");
    }

    @Test
    void backupStore() {
        analysis(
                new BackupStoreException("the folder 'backups'", "the disk is full", "Make room.", null),
                "Backups cannot be stored in or read from the folder 'backups': the disk is full.",
                "Make room.");
        analysis(
                new BackupStoreException("any store", Reason.NO_BACKUP_STORE, "none is configured", null),
                "Backups cannot be stored in or read from any store: none is configured.",
                "Name a folder in monarch.backups.local.directory, or a bucket in monarch.backups.s3.bucket.");
    }

    @Test
    void operationInterrupted() {
        analysis(
                new OperationInterruptedException("back up", "staging", null),
                "Backup of 'staging' was interrupted.",
                "Start the operation again if you still need it.");
    }

    @Test
    void restoreIncomplete() {
        analysis(
                new RestoreIncompleteException(
                        "shop.archive",
                        List.of("shop"),
                        "orders",
                        List.of("stock", "users"),
                        new OperationInterruptedException("restore into", "orders", null)),
                "Not every database of 'shop.archive' was restored. Restored: 'shop'. Failed: "
                        + "'orders'. Not started: 'stock',"
                        + " 'users'. Restore into 'orders' was interrupted.",
                "Correct what failed in 'orders', and restore the missing databases one by one with "
                        + "--database NAME.");
    }

    @Test
    void swapInterrupted() {
        analysis(
                new SwapInterruptedException("staging", 2, 5, null),
                "The swap of 'staging' is interrupted, 2 of 5 steps are done.",
                "Start again: the swap continues where it stopped. If it stops there again, 'monarch "
                        + "swap staging --status'"
                        + " shows each step, --retry continues now, and --abandon abandons the swap.");
    }

    @Test
    void transferFailed() {
        analysis(
                new TransferFailedException(
                        "restore into", "staging", "'dogs' has 4 documents, not 5", List.of(), null),
                "Could not restore into 'staging': 'dogs' has 4 documents, not 5.",
                "Correct the cause, and start again.");
        analysis(
                new TransferFailedException(
                        "migrate", "staging", "an odd thing", List.of(), new MongoException("an odd thing")),
                "Could not migrate 'staging': an odd thing.",
                "Correct the cause, and start again.");
    }

    @Test
    void unreachableServer() {
        String check = "Check that the server is running, its host and port, and the network in between. If the server"
                + " starts later than the application, set monarch.migrations.connect-retries.";
        analysis(
                new TransferFailedException(
                        "reach", "staging", "localhost:1/kennel", "too late", new MongoTimeoutException("too late")),
                "Cannot reach environment 'staging' (localhost:1/kennel): no server answered.",
                check);
        analysis(
                new TransferFailedException(
                        "migrate",
                        "staging",
                        "gone",
                        List.of(),
                        new MongoSocketException("gone", new ServerAddress("localhost", 1))),
                "Cannot reach environment 'staging': no server answered.",
                check);
        analysis(
                new TransferFailedException(
                        "reach",
                        "staging",
                        "localhost:1/kennel",
                        "refused",
                        new MongoSecurityException(
                                MongoCredential.createCredential("keeper", "admin", new char[0]), "refused")),
                "The server of environment 'staging' (localhost:1/kennel) refused the login: wrong user, password or"
                        + " authentication database.",
                "");
    }

    @Test
    void unknownBackup() {
        analysis(
                new UnknownBackupException("nightly", "the folder 'backups'", List.of("nightly__2026_11_20T103005Z")),
                "There is no complete backup 'nightly' in the folder 'backups'.",
                "Did you mean 'nightly__2026_11_20T103005Z'?");
        analysis(
                new UnknownBackupException("nightly", "the folder 'backups'", List.of()),
                "There is no complete backup 'nightly' in the folder 'backups'.",
                "Run 'monarch list-backups' to see all backups.");
    }

    @Test
    void unknownBackupStore() {
        analysis(
                new UnknownBackupStoreException("locla", List.of("local", "s3")),
                "There is no backup store 'locla'. The stores are: local, s3.",
                "Did you mean local? Use one of these; monarch.backups.store sets the default.");
    }

    @Test
    void historyWrite() {
        analysis(
                new HistoryWriteException("staging", "1-dogs", "APPLIED", new IllegalStateException("disk full")),
                "The history of environment 'staging' could not be written: migration '1-dogs' to APPLIED: "
                        + "disk full. The run was stopped.",
                "Correct the cause, and start again: the next run continues from the state in the history.");
    }

    @Test
    void invalidEnvironment() {
        analysis(
                new InvalidEnvironmentException("staging", "monarch.environments.staging.uri", "it is upside down"),
                "Environment 'staging' cannot be used: monarch.environments.staging.uri: it is upside down.",
                "Correct monarch.environments.staging.uri.");
    }

    @Test
    void invalidMigrations() {
        analysis(
                new InvalidMigrationsException(List.of(
                        new Fact(Reason.INVALID_MIGRATION, "One has no id."),
                        new Fact(Reason.INVALID_MIGRATION, "Two have the same."),
                        new Fact(Reason.MIGRATION_GONE, "One is gone."))),
                "The migrations cannot run:\n  - One has no id.\n  - Two have the same.\n " + " - One is gone.",
                "Correct the migration. Nothing has run. Restore the migration, or accept its absence with "
                        + "monarch.migrations.unknown=warn.");
    }

    @Test
    void lockHeld() {
        analysis(
                new LockHeldException(
                        "staging",
                        "restore",
                        "web-1:4711",
                        Instant.parse("2026-11-20T10:30:00Z"),
                        Duration.ofMinutes(10)),
                "The lock of environment 'staging' is held by web-1:4711 for restore since "
                        + "2026-11-20T10:30:00Z; gave up"
                        + " after waiting 600 s.",
                "If that process is still running, let it finish, or wait longer with monarch.lock.wait. If "
                        + "it is gone, start"
                        + " again: its lease expires.");
        analysis(
                LockHeldException.byDisconnectedClient("staging", Duration.ofMinutes(10)),
                "An operation of a client that disconnected is still running on the server of "
                        + "environment 'staging'; gave up"
                        + " after waiting 600 s.",
                "Wait until it has ended, or end it with db.currentOp() and db.killOp(), and start again.");
    }

    @Test
    void lockLost() {
        analysis(
                new LockLostException("staging", "web-2:4711 has it"),
                "Lost the lock of environment 'staging': web-2:4711 has it. This run was stopped and wrote "
                        + "nothing more to the history.",
                "Start again: the next run, or the one that holds the lock now, continues from the state in "
                        + "the history.");
    }

    @Test
    void migrationExhausted() {
        analysis(
                new MigrationExhaustedException("staging", "1-dogs", 10, "no dogs here"),
                "Migration '1-dogs' was started 10 times on environment 'staging' without success, and is "
                        + "not started again automatically. Last attempt: no dogs here.",
                "Correct the cause, then start with monarch.migrations.max-attempts above 10.");
    }

    @Test
    void migrationUnresolved() {
        analysis(
                new MigrationUnresolvedException("staging", "1-dogs", "was started and not ended"),
                "Migration '1-dogs' on environment 'staging' was started and not ended.",
                "Check the data, then record the result with 'monarch resolve 1-dogs staging --as applied',"
                        + " or 'monarch resolve 1-dogs staging --as pending' to run it again.");
    }

    @Test
    void migrationVetoed() {
        analysis(
                new MigrationVetoedException("staging", "com.example.Friday", new IllegalStateException("not today")),
                "The hook com.example.Friday stopped the run on environment 'staging': "
                        + "java.lang.IllegalStateException: not today.",
                "Do what the hook asks for, and start again.");
    }

    @Test
    void rollbackFailed() {
        analysis(
                new RollbackFailedException("staging", "1-dogs", new IllegalStateException("no way back")),
                "Migration '1-dogs' could not be rolled back on environment 'staging': "
                        + "java.lang.IllegalStateException: no way back. No earlier migration was rolled back.",
                "Correct the migration and roll it back again, or record the result with 'monarch resolve "
                        + "1-dogs staging --as applied', or 'monarch resolve 1-dogs staging --as pending' to run"
                        + " it again.");
    }

    @Test
    void invalidRequest() {
        analysis(
                new InvalidRequestException("staging", "roll back", List.of("'1-dogs' has no 'down'.")),
                "Cannot roll back on environment 'staging': '1-dogs' has no 'down'. Nothing was done.",
                "Correct the request.");
    }

    @Test
    void unknownMigration() {
        analysis(
                new UnknownMigrationException("staging", "1-dog", List.of("1-dogs")),
                "There is no migration '1-dog' on environment 'staging'.",
                "Did you mean 1-dogs?");
        analysis(
                new UnknownMigrationException("staging", "cats", List.of()),
                "There is no migration 'cats' on environment 'staging'.",
                "Run 'monarch status staging' to see all migrations.");
    }

    @Test
    void migrationFailed() {
        analysis(
                new MigrationFailedException("staging", "1-dogs", 2, new IllegalStateException("no dogs here")),
                "Migration '1-dogs' failed on environment 'staging' (attempt 2): "
                        + "java.lang.IllegalStateException: no dogs here. No later migration has run.",
                "Correct the migration or the data, and start again: the next run begins with this "
                        + "migration. 'monarch status staging' shows it, 'monarch migrate-one 1-dogs staging' "
                        + "runs only this one. Or record the result with 'monarch resolve "
                        + "1-dogs staging --as applied', or 'monarch resolve 1-dogs staging --as pending' to run"
                        + " it again.");
    }

    @Test
    void operationRefused() {
        analysis(
                new OperationRefusedException(
                        "copy into",
                        "staging",
                        List.of(
                                new Fact(Reason.NEARLY_EMPTIES_TARGET, "most documents would be lost"),
                                new Fact(Reason.NAME_NOT_CONFIRMED, "it is protected"),
                                new Fact(Reason.DISK_SPACE, "the disk is too small"))),
                "Refused to copy into 'staging': most documents would be lost; it is protected; the disk is"
                        + " too small. Nothing has been changed.",
                "To continue anyway, confirm with --confirm staging. Free disk space, or use --in-place, which is unsafe.");
    }

    @Test
    void pendingMigrations() {
        analysis(
                new PendingMigrationsException(
                        "staging", List.of("1-dogs", "2-houses"), Reason.MIGRATIONS_PENDING, "it only validates"),
                "Environment 'staging' has pending migrations (1-dogs, 2-houses): it only validates.",
                "Run them with 'monarch migrate staging', or start the application with monarch.migrations.run-at=startup.");
    }

    @Test
    void unknownEnvironment() {
        analysis(
                new UnknownEnvironmentException("stagign", List.of("default", "staging")),
                "There is no environment 'stagign'. The environments are: default, staging.",
                "Did you mean staging? Use one of these, or configure monarch.environments.stagign.");
    }

    @Test
    void everyExceptionOfMonarchIsAnalyzed() {
        List<FailureAnalyzer> registered = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, e) -> {}));
        assertThat(registered)
                .filteredOn(analyzer -> MonarchException.class.equals(ResolvableType.forClass(analyzer.getClass())
                        .as(AbstractFailureAnalyzer.class)
                        .resolveGeneric()))
                .singleElement()
                .isInstanceOf(MonarchFailureAnalyzer.class);
    }

    @Test
    void everyAnalyzerIsTestedHere() {
        assertThat(Arrays.stream(MonarchFailureAnalyzerTests.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName().toLowerCase(Locale.ROOT) + "exception"))
                .containsAll(Arrays.stream(MonarchException.class.getPermittedSubclasses())
                        .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** The exception that failed the start is wrapped. */
    private static void analysis(MonarchException cause, String description, String action) {
        FailureAnalysis analysis = Objects.requireNonNull(
                new MonarchFailureAnalyzer().analyze(new IllegalStateException("start failed", cause)));
        assertThat(analysis.getDescription()).isEqualTo(description);
        assertThat(analysis.getAction()).isEqualTo(action);
        assertThat(analysis.getCause()).isSameAs(cause);
    }
}
