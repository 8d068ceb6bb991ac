package dev.monarch.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.bson.BsonDocument;

import dev.monarch.LockLostException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.lock.HeldLock;
import dev.monarch.migration.history.FencedHistory;
import dev.monarch.migration.history.HistoryEntry;
import dev.monarch.migration.history.MigrationState;

/** Runs what is pending, one after the other, while the lock is held. */
final class MigrationRun {

    private final MigrationSet migrations;

    private final MigrationSettings settings;

    private final MigrationListener listener;

    private final HeldLock lock;

    private final RunSession session;

    private final RunContext context;

    private final InterruptibleWork work = new InterruptibleWork();

    MigrationRun(
            MigrationSet migrations,
            MigrationSettings settings,
            MigrationListener listener,
            HeldLock lock,
            RunSession session,
            RunContext context) {
        this.migrations = migrations;
        this.settings = settings;
        this.listener = listener;
        this.lock = lock;
        this.session = session;
        this.context = context;
    }

    /** Ends at once whatever the run has at work in this process; the session is ended by the caller. */
    void interrupt() {
        work.interrupt();
    }

    /** Ends what earlier runs left at work on the server; the history knows their sessions too. */
    void endInterrupted(List<HistoryEntry> history) {
        List<BsonDocument> sessions = history.stream()
                .filter(entry -> entry.state() == MigrationState.RUNNING)
                .map(HistoryEntry::session)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        lock.endAbandoned(sessions);
    }

    List<AppliedMigration> execute(MigrationPlan plan, FencedHistory history) {
        listener.onEvent(new MigrationEvent.RunStarted(plan.environment(), plan.pendingIds()));
        List<AppliedMigration> applied = new ArrayList<>();
        for (PlannedMigration planned : plan.pending()) {
            applied.add(runOne(plan.environment(), planned, history));
        }
        return applied;
    }

    private AppliedMigration runOne(String environment, PlannedMigration planned, FencedHistory history) {
        if (planned.attempts() >= settings.maxAttempts()) {
            throw new MigrationExhaustedException(
                    environment, planned.id(), planned.attempts(), planned.describeLastAttempt());
        }
        int attempt = planned.attempts() + 1;
        lock.ensureHeld();
        long start = System.nanoTime();
        try {
            history.running(planned.id(), attempt, session.id());
            listener.onEvent(new MigrationEvent.Started(environment, planned));
            up(environment, planned.id(), attempt, history);
            AppliedMigration applied = new AppliedMigration(planned.id(), attempt, since(start));
            history.applied(planned.id(), attempt, applied.took());
            listener.onEvent(new MigrationEvent.Applied(environment, applied));
            return applied;
        } catch (RuntimeException e) {
            listener.onEvent(new MigrationEvent.Failed(environment, planned.id(), attempt, since(start), e));
            throw e;
        }
    }

    private void up(String environment, String id, int attempt, FencedHistory history) {
        long start = System.nanoTime();
        try {
            work.run(() -> migrations.get(id).migration().up(context));
        } catch (Throwable e) {
            throw failure(environment, id, attempt, since(start), e, history);
        }
        lock.ensureHeld();
    }

    /** Enters a failure into the history, unless the lock is lost: then the history is somebody else's. */
    private RuntimeException failure(
            String environment, String id, int attempt, Duration took, Throwable error, FencedHistory history) {
        try {
            lock.ensureHeld();
            if (error instanceof InterruptedException) {
                // Somebody else's interrupt: the caller must know. That of a lost lock has done its work.
                Thread.currentThread().interrupt();
            }
            history.failed(id, attempt, took, error);
        } catch (LockLostException lost) {
            if (lost != error) {
                lost.addSuppressed(error);
            }
            return lost;
        } catch (RuntimeException unwritten) {
            unwritten.addSuppressed(error);
            return unwritten;
        }
        return new MigrationFailedException(environment, id, attempt, error);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
