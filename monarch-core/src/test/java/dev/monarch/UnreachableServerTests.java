package dev.monarch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.PruneRequest;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.BackupSchedule;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleTimes;
import dev.monarch.backup.schedule.ScheduledBackups;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.Amendment;
import dev.monarch.migration.MigrationSet;
import dev.monarch.migration.MigrationSet.RegisteredMigration;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.migration.Migrator;
import dev.monarch.migration.RollbackPlan.RollbackTarget;
import dev.monarch.queryset.QuerySets;
import dev.monarch.rehearsal.RehearsalRequest;
import dev.monarch.rehearsal.RehearsalService;
import dev.monarch.replacement.DatabaseRemoval;
import dev.monarch.replacement.SwapService;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Each service reports a server that does not answer by Monarch's own exception, which names the environment. */
class UnreachableServerTests {

    private static final String HISTORY = "monarch.history";

    private static final MongoClient CLIENT =
            MongoClients.create("mongodb://localhost:1/?serverSelectionTimeoutMS=20&connectTimeoutMS=20");

    private static final Approval APPROVAL = Approval.naming("far");

    private final MonarchEnvironment far = environment("far");

    private final EnvironmentRegistry environments =
            new EnvironmentRegistry(() -> far, List.of(environment("further")));

    private final Guard guard = new Guard(true);

    private static MonarchEnvironment environment(String name) {
        return MonarchEnvironment.using(name, Protection.OFF, CLIENT, name);
    }

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    @TestFactory
    Stream<DynamicTest> theEnvironmentIsNamed(@TempDir Path folder) {
        return Stream.of(swaps(), removals(), transfers(folder), backups(folder), migrations())
                .flatMap(calls -> calls.entrySet().stream())
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> requireReported(call.getValue())));
    }

    private static void requireReported(ThrowingCallable call) {
        assertThatExceptionOfType(TransferFailedException.class)
                .isThrownBy(call)
                .withCauseInstanceOf(MongoTimeoutException.class)
                .returns(Reason.TRANSFER_FAILED, TransferFailedException::reason)
                .returns("far", TransferFailedException::environment);
    }

    private Map<String, ThrowingCallable> swaps() {
        SwapService swaps = new SwapService(environments, guard, LockSettings.DEFAULT);
        return Map.of(
                "SwapService.status", () -> swaps.status("far"),
                "SwapService.foreign", () -> swaps.foreign("far"),
                "SwapService.retry", () -> swaps.retry("far", APPROVAL),
                "SwapService.retryAcceptingLostWrites", () -> swaps.retryAcceptingLostWrites("far", APPROVAL),
                "SwapService.abandon", () -> swaps.abandon("far", APPROVAL));
    }

    private Map<String, ThrowingCallable> removals() {
        DatabaseRemoval removal = new DatabaseRemoval(guard, LockSettings.DEFAULT);
        return Map.of(
                "DatabaseRemoval.plan", () -> removal.plan(far),
                "DatabaseRemoval.drop", () -> removal.drop(far, APPROVAL),
                "DatabaseRemoval.dropScratch", () -> removal.dropScratch(far));
    }

    private Map<String, ThrowingCallable> transfers(Path folder) {
        RestoreService restores =
                new RestoreService(environments, stores(folder), guard, LockSettings.DEFAULT, HISTORY);
        RestoreRequest restore = RestoreRequest.of(
                BackupSource.file(Path.of("src/test/resources/archive/others/geo-haystack.archive")), "far");
        CopyService copies = new CopyService(environments, querySets(), guard, LockSettings.DEFAULT, HISTORY);
        CopyRequest copy = CopyRequest.of("far", "further");
        RehearsalService rehearsals = new RehearsalService(
                environments, copies, migrator(), new DatabaseRemoval(guard, LockSettings.DEFAULT), HISTORY);
        return Map.of(
                "RestoreService.plan", () -> restores.plan(restore, APPROVAL),
                "RestoreService.restore", () -> restores.restore(restore, APPROVAL),
                "CopyService.plan", () -> copies.plan(copy, Approval.naming("further")),
                "CopyService.copy", () -> copies.copy(copy, Approval.naming("further")),
                "RehearsalService.rehearse", () -> rehearsals.rehearse(RehearsalRequest.of("further", "far")));
    }

    private Map<String, ThrowingCallable> backups(Path folder) {
        BackupService backups =
                new BackupService(environments, stores(folder), querySets(), HISTORY, Clock.systemUTC());
        RetentionService retention =
                new RetentionService(environments, stores(folder), LockSettings.DEFAULT, Clock.systemUTC());
        PruneRequest prune = PruneRequest.of("far", Retention.NONE.keep(RetentionInterval.DAILY, 1));
        ScheduledBackups.ScheduledBackup schedule = new ScheduledBackups(
                        environments, stores(folder), backups, retention, LockSettings.DEFAULT, Clock.systemUTC())
                .follow(new BackupSchedule("nightly", new Always(), "far", null, null, null, Pace.FULL, false, null));
        return Map.of(
                "BackupService.backup", () -> backups.backup(BackupRequest.of("far")),
                "RetentionService.plan", () -> retention.plan(prune),
                "RetentionService.prune", () -> retention.prune(prune),
                "ScheduledBackup.runIfDue", schedule::runIfDue,
                "ScheduledBackup.status", schedule::status);
    }

    private Map<String, ThrowingCallable> migrations() {
        Migrator migrator = migrator();
        Amendment amendment = Amendment.ignore("1", "a test");
        RollbackTarget target = RollbackTarget.one("1");
        return Map.of(
                "Migrator.plan", migrator::plan,
                "Migrator.status", migrator::status,
                "Migrator.migrate", migrator::migrate,
                "Migrator.planRollback", () -> migrator.planRollback(target),
                "Migrator.rollback", () -> migrator.rollback(target, APPROVAL),
                "Migrator.planAmendment", () -> migrator.planAmendment(amendment),
                "Migrator.amend", () -> migrator.amend(amendment, APPROVAL),
                "Migrator.lockHolder", migrator::lockHolder,
                "Migrator.unlock", () -> migrator.unlock(APPROVAL));
    }

    private Migrator migrator() {
        return new Migrator(
                far,
                MigrationSet.of(List.of(new RegisteredMigration("1", context -> {}, "a test"))),
                MigrationSettings.DEFAULT);
    }

    private static QuerySets querySets() {
        return new QuerySets(List.of(), null, null);
    }

    private static BackupStores stores(Path folder) {
        return new BackupStores(List.of(new LocalBackupStore(folder.resolve("backups"))), null);
    }

    private record Always() implements ScheduleTimes {

        @Override
        public Instant latest(Instant now) {
            return now;
        }

        @Override
        public @Nullable Instant next(Instant now) {
            return null;
        }
    }
}
