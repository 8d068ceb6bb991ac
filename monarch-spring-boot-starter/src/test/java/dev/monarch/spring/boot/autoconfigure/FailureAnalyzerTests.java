package dev.monarch.spring.boot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.support.SpringFactoriesLoader;

import dev.monarch.BackupStoreException;
import dev.monarch.DamagedArchiveException;
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
import dev.monarch.RestoreIncompleteException;
import dev.monarch.RollbackFailedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.UnknownMigrationException;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody reads whose application did not start: what, why, and what next. */
class FailureAnalyzerTests {

    @Test
    void damagedArchive() {
        analysis(
                new DamagedArchiveFailureAnalyzer(),
                new DamagedArchiveException("kennel.dogs", 4711, "it ends here, in the middle", null),
                "The archive is damaged at byte 4711, in collection 'kennel.dogs': it ends here, in the middle.",
                "Take another archive, or fetch this one again from where it came. Nothing was written.");
    }

    @Test
    void backupStore() {
        analysis(
                new BackupStoreFailureAnalyzer(),
                new BackupStoreException("the folder 'backups'", "the disk is full", "Make room.", null),
                "Backups cannot be kept in or read from the folder 'backups': the disk is full.",
                "Make room.");
    }

    @Test
    void operationInterrupted() {
        analysis(
                new OperationInterruptedFailureAnalyzer(),
                new OperationInterruptedException("back up", "staging", null),
                "Could not back up 'staging': it was interrupted. Nothing has been replaced.",
                "Start it again if it is still wanted.");
    }

    @Test
    void restoreIncomplete() {
        analysis(
                new RestoreIncompleteFailureAnalyzer(),
                new RestoreIncompleteException(
                        "shop.archive",
                        List.of("shop"),
                        "orders",
                        List.of("stock", "users"),
                        new OperationInterruptedException("restore into", "orders", null)),
                "Not every database of 'shop.archive' was restored. Restored: 'shop'. Failed: 'orders'. Not begun: 'stock',"
                        + " 'users'. Stopped to restore into 'orders': it was interrupted. Nothing has been replaced.",
                "Mend what failed in 'orders', and restore the databases that are missing one by one with --database NAME.");
    }

    @Test
    void swapInterrupted() {
        analysis(
                new SwapInterruptedFailureAnalyzer(),
                new SwapInterruptedException("staging", 2, 5, null),
                "The swap of 'staging' is interrupted, 2 of 5 steps are done.",
                "Start again: the swap goes on where it stopped. If it stops there again, 'monarch swap staging --status'"
                        + " shows what stands, and --abandon gives the swap up.");
    }

    @Test
    void transferFailed() {
        analysis(
                new TransferFailedFailureAnalyzer(),
                new TransferFailedException(
                        "restore into", "staging", "'dogs' has 4 documents, not 5", List.of(), null),
                "Could not restore into 'staging': 'dogs' has 4 documents, not 5.",
                "Mend that, and start again. What was to be replaced is as it was.");
    }

    @Test
    void unknownBackup() {
        analysis(
                new UnknownBackupFailureAnalyzer(),
                new UnknownBackupException("nightly", "the folder 'backups'", List.of("nightly__2026_11_20T103005Z")),
                "There is no complete backup 'nightly' in the folder 'backups'.",
                "Use nightly__2026_11_20T103005Z.");
        analysis(
                new UnknownBackupFailureAnalyzer(),
                new UnknownBackupException("nightly", "the folder 'backups'", List.of()),
                "There is no complete backup 'nightly' in the folder 'backups'.",
                "Use the name of a backup that is there: 'monarch list-backups' lists them.");
    }

    @Test
    void unknownBackupStore() {
        analysis(
                new UnknownBackupStoreFailureAnalyzer(),
                new UnknownBackupStoreException("tape", List.of("local", "s3")),
                "There is no backup store 'tape'.",
                "Use one of local, s3; which one is taken where none is named, monarch.backups.store says.");
    }

    @Test
    void historyWrite() {
        analysis(
                new HistoryWriteFailureAnalyzer(),
                new HistoryWriteException("staging", "1-dogs", "APPLIED", new IllegalStateException("disk full")),
                "The history of environment 'staging' could not be written: migration '1-dogs' to APPLIED:"
                        + " java.lang.IllegalStateException: disk full",
                "Mend that, and start again: the next run goes on from what the history says.");
    }

    @Test
    void invalidEnvironment() {
        analysis(
                new InvalidEnvironmentFailureAnalyzer(),
                new InvalidEnvironmentException("staging", "monarch.environments.staging.uri", "it is upside down"),
                "Environment 'staging' cannot be used: monarch.environments.staging.uri: it is upside down.",
                "Mend monarch.environments.staging.uri.");
    }

    @Test
    void invalidMigrations() {
        analysis(
                new InvalidMigrationsFailureAnalyzer(),
                new InvalidMigrationsException(List.of("One has no id.", "Two have the same.")),
                String.format(
                        "The migrations cannot run as they stand:%n%n    - One has no id.%n    - Two have the same."),
                "Mend each of them. Nothing has run.");
    }

    @Test
    void lockHeld() {
        analysis(
                new LockHeldFailureAnalyzer(),
                new LockHeldException(
                        "staging",
                        "restore",
                        "web-1:4711",
                        Instant.parse("2026-11-20T10:30:00Z"),
                        Duration.ofMinutes(10)),
                "The lock of environment 'staging' is held by web-1:4711 for restore since 2026-11-20T10:30:00Z; waited"
                        + " 600 s for it.",
                "If that process works, let it finish, or wait longer with monarch.lock.wait. If it is gone, start again:"
                        + " its lease runs out by itself.");
    }

    @Test
    void lockLost() {
        analysis(
                new LockLostFailureAnalyzer(),
                new LockLostException("staging", "web-2:4711 has it"),
                "The lock of environment 'staging' was lost: web-2:4711 has it.",
                "Nothing more was written to the history. Start again: the next run goes on from what the history says.");
    }

    @Test
    void migrationExhausted() {
        analysis(
                new MigrationExhaustedFailureAnalyzer(),
                new MigrationExhaustedException("staging", "1-dogs", 10, "no dogs here"),
                "Migration '1-dogs' has been started 10 times on environment 'staging' without success.",
                "Mend the cause, then start with monarch.migrations.max-attempts above 10.");
    }

    @Test
    void migrationUnresolved() {
        analysis(
                new MigrationUnresolvedFailureAnalyzer(),
                new MigrationUnresolvedException("staging", "1-dogs", "was started and not ended"),
                "Migration '1-dogs' on environment 'staging' was started and not ended.",
                "Look at the data, then say how it stands: 'monarch resolve 1-dogs staging --as applied', or '--as"
                        + " pending' to have it run again.");
    }

    @Test
    void migrationVetoed() {
        analysis(
                new MigrationVetoedFailureAnalyzer(),
                new MigrationVetoedException("staging", "com.example.Friday", new IllegalStateException("not today")),
                "A hook (com.example.Friday) forbade to go on with environment 'staging':"
                        + " java.lang.IllegalStateException: not today",
                "Do what the hook asks for, and start again: the next run goes on from what the history says.");
    }

    @Test
    void rollbackFailed() {
        analysis(
                new RollbackFailedFailureAnalyzer(),
                new RollbackFailedException("staging", "1-dogs", new IllegalStateException("no way back")),
                "Migration '1-dogs' could not be taken back on environment 'staging': java.lang.IllegalStateException: no"
                        + " way back",
                "Mend it and roll it back again, or say how it stands: 'monarch resolve 1-dogs staging --as applied'."
                        + " Nothing behind it was taken back.");
    }

    @Test
    void invalidRequest() {
        analysis(
                new InvalidRequestFailureAnalyzer(),
                new InvalidRequestException("staging", "roll back", List.of("'1-dogs' has no 'down'.")),
                "Cannot roll back on environment 'staging': '1-dogs' has no 'down'.",
                "Mend that, or ask for something else. Nothing was done.");
    }

    @Test
    void unknownMigration() {
        analysis(
                new UnknownMigrationFailureAnalyzer(),
                new UnknownMigrationException("staging", "1-dog", List.of("1-dogs")),
                "There is no migration '1-dog' on environment 'staging'.",
                "Use 1-dogs.");
        analysis(
                new UnknownMigrationFailureAnalyzer(),
                new UnknownMigrationException("staging", "cats", List.of()),
                "There is no migration 'cats' on environment 'staging'.",
                "Use the id of a migration that is there: 'monarch status staging' lists them.");
    }

    @Test
    void migrationFailed() {
        analysis(
                new MigrationFailedFailureAnalyzer(),
                new MigrationFailedException("staging", "1-dogs", 2, new IllegalStateException("no dogs here")),
                "Migration '1-dogs' failed on environment 'staging' (attempt 2): java.lang.IllegalStateException: no dogs"
                        + " here",
                "Mend the migration or the data it met, and start again: the next run starts with it, and nothing behind"
                        + " it has run.");
    }

    @Test
    void operationRefused() {
        analysis(
                new OperationRefusedFailureAnalyzer(),
                new OperationRefusedException("copy into", "staging", "it was not confirmed", "Confirm it."),
                "Refused to copy into 'staging': it was not confirmed.",
                "Confirm it.");
    }

    @Test
    void pendingMigrations() {
        analysis(
                new PendingMigrationsFailureAnalyzer(),
                new PendingMigrationsException("staging", List.of("1-dogs", "2-houses"), "it only validates"),
                "Environment 'staging' has pending migrations: 1-dogs, 2-houses.",
                "Run them, for example by starting the application with monarch.migrations.run-at=startup.");
    }

    @Test
    void unknownEnvironment() {
        analysis(
                new UnknownEnvironmentFailureAnalyzer(),
                new UnknownEnvironmentException("stagign", List.of("default", "staging")),
                "There is no environment 'stagign'.",
                "Use one of default, staging, or configure it as monarch.environments.stagign.");
    }

    @Test
    void everythingThatMonarchThrowsOnPurposeHasARegisteredAnalyzer() {
        List<FailureAnalyzer> registered = SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.handleMessage((message, e) -> {}));
        assertThat(MonarchException.class.getPermittedSubclasses())
                .hasSize(23)
                .allSatisfy(type -> assertThat(registered)
                        .filteredOn(analyzer -> type.equals(ResolvableType.forClass(analyzer.getClass())
                                .as(AbstractFailureAnalyzer.class)
                                .resolveGeneric()))
                        .hasSize(1));
    }

    @Test
    void everyAnalyzerIsTestedHere() {
        assertThat(Arrays.stream(FailureAnalyzerTests.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .map(method -> method.getName().toLowerCase(Locale.ROOT) + "exception"))
                .containsAll(Arrays.stream(MonarchException.class.getPermittedSubclasses())
                        .map(type -> type.getSimpleName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    /** The exception that ended the start is wrapped by then. */
    private static void analysis(FailureAnalyzer analyzer, MonarchException cause, String description, String action) {
        FailureAnalysis analysis =
                Objects.requireNonNull(analyzer.analyze(new IllegalStateException("start failed", cause)));
        assertThat(analysis.getDescription()).isEqualTo(description);
        assertThat(analysis.getAction()).isEqualTo(action);
        assertThat(analysis.getCause()).isSameAs(cause);
    }
}
