package dev.monarch.spring.boot.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleStatus;
import dev.monarch.backup.schedule.BackupSchedule.ScheduledRun;
import dev.monarch.engine.Scrubbed;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.LockEvent.LockHolder;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationStatus;
import dev.monarch.replacement.SwapService.SwapStatus.SwapProgress;
import dev.monarch.spring.boot.actuate.EndpointPart.BackfillState;
import dev.monarch.spring.boot.actuate.EndpointPart.Backup;
import dev.monarch.spring.boot.actuate.EndpointPart.Holder;
import dev.monarch.spring.boot.actuate.EndpointPart.KnownEnvironment;
import dev.monarch.spring.boot.actuate.EndpointPart.LastRun;
import dev.monarch.spring.boot.actuate.EndpointPart.MigrationCounts;
import dev.monarch.spring.boot.actuate.EndpointPart.MigrationState;
import dev.monarch.spring.boot.actuate.EndpointPart.OperationState;
import dev.monarch.spring.boot.actuate.EndpointPart.Progress;
import dev.monarch.spring.boot.actuate.EndpointPart.Schedule;
import dev.monarch.spring.boot.actuate.EndpointPart.UnfinishedSwap;
import dev.monarch.spring.boot.operation.TrackedOperation;
import dev.monarch.spring.boot.operation.TrackedOperation.OperationEnd;
import dev.monarch.spring.boot.operation.TrackedOperation.OperationProgress;
import dev.monarch.spring.boot.status.EnvironmentStatus;
import dev.monarch.spring.boot.status.LockState;
import dev.monarch.transfer.Pace;

/** Turns values of the core into parts of a response. Texts of others lose credentials that they may quote. */
final class EndpointBodies {

    private EndpointBodies() {}

    static KnownEnvironment of(
            MonarchEnvironment environment,
            boolean own,
            boolean migrated,
            @Nullable MigrationCounts migrations,
            @Nullable String problem) {
        try {
            EnvironmentAddress address = environment.address();
            return new KnownEnvironment(
                    environment.name(),
                    own,
                    address.hosts(),
                    address.database(),
                    environment.exposure().name(),
                    migrated,
                    migrations,
                    problem);
        } catch (InvalidEnvironmentException e) {
            return new KnownEnvironment(
                    environment.name(), own, null, null, null, migrated, null, Scrubbed.firstLine(e));
        }
    }

    static MigrationCounts counts(EnvironmentStatus status) {
        return new MigrationCounts(
                status.applied(), status.pending(), status.unsuccessful().size(), status.newest());
    }

    static List<MigrationState> of(List<MigrationStatus> migrations) {
        return migrations.stream().map(EndpointBodies::of).toList();
    }

    private static MigrationState of(MigrationStatus migration) {
        Duration elapsed = migration.elapsed();
        return new MigrationState(
                migration.id(),
                migration.state().name(),
                migration.isPending(),
                migration.at(),
                elapsed != null ? elapsed.toMillis() : null,
                migration.attempts(),
                migration.host(),
                scrubbed(migration.error()),
                scrubbed(migration.stack()),
                migration.reason());
    }

    static @Nullable Holder of(LockState lock) {
        LockHolder holder = lock.holder();
        return holder == null
                ? null
                : new Holder(holder.host(), holder.purpose(), holder.since(), lock.holderIsAlive());
    }

    static @Nullable UnfinishedSwap swap(EnvironmentStatus status) {
        SwapProgress swap = status.swap();
        return swap == null
                ? null
                : new UnfinishedSwap(
                        swap.host(),
                        swap.purpose(),
                        swap.since(),
                        swap.done(),
                        swap.total(),
                        status.isSwapInterrupted());
    }

    static Backup of(BackupSummary backup) {
        return new Backup(
                backup.name(),
                backup.environment(),
                backup.database(),
                inMillis(backup.created()),
                backup.collections(),
                backup.documents(),
                backup.bytes(),
                backup.storedBytes(),
                backup.compression(),
                backup.consistency().toString(),
                backup.partial());
    }

    static Schedule of(ScheduleStatus status) {
        return new Schedule(
                status.schedule().id(),
                status.schedule().environment(),
                status.schedule().store(),
                status.next(),
                of(status.last()));
    }

    private static @Nullable LastRun of(@Nullable ScheduledRun run) {
        return run == null
                ? null
                : new LastRun(
                        run.state().name(),
                        run.slot(),
                        run.since(),
                        run.attempts(),
                        run.host(),
                        scrubbed(run.outcome()));
    }

    static BackfillState of(BackfillStatus backfill) {
        BackfillStatus.BackfillProgress progress = backfill.progress();
        Duration left = progress.remaining();
        return new BackfillState(
                backfill.id(),
                backfill.state().name(),
                backfill.collection(),
                progress.pass(),
                progress.examined(),
                progress.total(),
                progress.done(),
                progress.setAside(),
                backfill.state() == BackfillStatus.State.RUNNING ? progress.documentsPerSecond() : null,
                left != null ? left.toSeconds() : null,
                backfill.rate().dutyCycle(),
                backfill.rate().documentsPerSecond(),
                backfill.host(),
                backfill.startedAt(),
                backfill.finishedAt(),
                scrubbed(backfill.error()));
    }

    static String words(Pace pace) {
        return pace.withWorkers(null).readingFrom(null).toString();
    }

    static OperationState of(TrackedOperation operation, Optional<Pace> pace) {
        OperationEnd end = operation.end();
        return new OperationState(
                operation.id().toString(),
                operation.kind(),
                operation.environment(),
                operation.subject(),
                inMillis(operation.started()),
                end != null ? inMillis(end.at()) : null,
                pace.map(EndpointBodies::words).orElse(null),
                of(operation.progress()),
                end != null ? end.result() : null,
                end != null ? end.error() : null);
    }

    /** Times from the database have milliseconds. All times of a response look alike. */
    private static Instant inMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Progress of(@Nullable OperationProgress progress) {
        return progress == null
                ? null
                : new Progress(progress.text(), progress.done(), progress.total(), progress.unit());
    }

    private static @Nullable String scrubbed(@Nullable String text) {
        return text == null ? null : Scrubbed.text(text);
    }
}
