package dev.monarch.engine.migration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.bson.BsonDocument;

import dev.monarch.OperationInterruptedException;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.engine.history.FencedHistory;
import dev.monarch.engine.history.HistoryEntry;
import dev.monarch.engine.history.MigrationHistory;
import dev.monarch.engine.history.MigrationState;
import dev.monarch.engine.lock.EnvironmentLock;
import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.lock.Uninterrupted;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;

/** Runs everything that changes the history while the lock is held, and stops it if the lock is lost. */
final class RunLock {

    /**
     * A migration that failed because its client did not wait for an answer may still have operations on the server.
     */
    private static final Set<MigrationState> MAYBE_ACTIVE = Set.of(
            MigrationState.RUNNING, MigrationState.FAILED, MigrationState.INTERRUPTED, MigrationState.ROLLING_BACK);

    private final MonarchEnvironment environment;

    private final EnvironmentLock lock;

    private final MigrationHistory history;

    private final MigrationListener listener;

    private final RunningMigration running;

    RunLock(
            MonarchEnvironment environment,
            EnvironmentLock lock,
            MigrationHistory history,
            MigrationListener listener,
            RunningMigration running) {
        this.environment = environment;
        this.lock = lock;
        this.history = history;
        this.listener = listener;
        this.running = running;
    }

    /**
     * Acquires the lock, reads the history again, and ends operations that earlier runs left on the server.
     *
     * @param purpose what the lock is for
     * @param deployment the capabilities of the server
     * @param ids the migrations whose entries may be written
     * @param task what to do while the lock is held
     */
    <R> R whileHeld(String purpose, Deployment deployment, Collection<String> ids, Function<LockedRun, R> task) {
        InterruptibleWork work = new InterruptibleWork();
        try (RunSession session = RunSession.forWork(environment, deployment);
                RunSession writing = RunSession.forHistory(environment, deployment)) {
            return running.run(() -> underLock(purpose, ids, session, writing, work, task), () -> {
                work.stop();
                kill(session);
            });
        }
    }

    private <R> R underLock(
            String purpose,
            Collection<String> ids,
            RunSession session,
            RunSession writing,
            InterruptibleWork work,
            Function<LockedRun, R> task) {
        try (HeldLock held = acquire(purpose, session, writing, work)) {
            held.onLost(lost -> {
                work.interrupt();
                kill(session);
            });
            try (FencedHistory fenced = history.openFor(held, writing.session(), ids)) {
                List<HistoryEntry> entries = fenced.read();
                endInterrupted(held, entries);
                return task.apply(new LockedRun(environment, held, session, fenced, entries, work));
            }
        }
    }

    private HeldLock acquire(String purpose, RunSession session, RunSession writing, InterruptibleWork work) {
        work.requireNotStopped(purpose, environment.name());
        try {
            return work.call(() -> lock.acquire(
                    purpose,
                    session.id(),
                    writing.id(),
                    event -> listener.onEvent(new MigrationEvent.LockProgress(environment.name(), event))));
        } catch (Exception e) {
            if (work.isStopped()) {
                throw new OperationInterruptedException(purpose, environment.name(), e);
            }
            throw (RuntimeException) e; // Nothing in it throws a checked exception.
        }
    }

    /** The history may know sessions that the lock document does not: that document may have been removed manually. */
    private static void endInterrupted(HeldLock held, List<HistoryEntry> entries) {
        held.endAbandoned(entries.stream()
                .filter(entry -> MAYBE_ACTIVE.contains(entry.state()))
                .map(HistoryEntry::session)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    private void kill(RunSession session) {
        BsonDocument id = session.id();
        if (id != null) {
            // The thread that detects a loss may be the one that was just interrupted.
            Uninterrupted.run(() -> lock.kill(id));
        }
    }
}
