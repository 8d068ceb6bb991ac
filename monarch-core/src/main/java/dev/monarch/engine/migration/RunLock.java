package dev.monarch.engine.migration;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

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
public final class RunLock {

    /**
     * A migration that failed because its client did not wait for an answer may still have operations on the server.
     */
    private static final Set<MigrationState> AT_WORK =
            Set.of(MigrationState.RUNNING, MigrationState.FAILED, MigrationState.ROLLING_BACK);

    private final MonarchEnvironment environment;

    private final EnvironmentLock lock;

    private final MigrationHistory history;

    private final MigrationListener listener;

    private final RunningMigration atWork;

    public RunLock(
            MonarchEnvironment environment,
            EnvironmentLock lock,
            MigrationHistory history,
            MigrationListener listener,
            RunningMigration atWork) {
        this.environment = environment;
        this.lock = lock;
        this.history = history;
        this.listener = listener;
        this.atWork = atWork;
    }

    /**
     * Acquires the lock, reads the history again, and ends operations that earlier runs left on the server.
     *
     * @param purpose what the lock is for
     * @param deployment what the server can do
     * @param ids the migrations whose entries may be written
     * @param task what to do while the lock is held
     */
    public <R> R whileHeld(String purpose, Deployment deployment, Collection<String> ids, Function<LockedRun, R> task) {
        InterruptibleWork work = new InterruptibleWork();
        try (RunSession session = RunSession.forWork(environment, deployment);
                RunSession writing = RunSession.forHistory(environment, deployment);
                HeldLock held = lock.acquire(
                        purpose,
                        session.id(),
                        writing.id(),
                        event -> listener.onEvent(new MigrationEvent.Locking(environment.name(), event)))) {
            Runnable stop = () -> stop(work, session.id());
            held.onLost(lost -> stop.run());
            try (FencedHistory fenced = history.openFor(held, writing.session(), ids)) {
                List<HistoryEntry> entries = fenced.read();
                endInterrupted(held, entries);
                LockedRun run = new LockedRun(environment, held, session, fenced, entries, work);
                return atWork.run(() -> task.apply(run), stop);
            }
        }
    }

    /** The history may know sessions that the lock document does not: it may have been removed by hand. */
    private static void endInterrupted(HeldLock held, List<HistoryEntry> entries) {
        held.endAbandoned(entries.stream()
                .filter(entry -> AT_WORK.contains(entry.state()))
                .map(HistoryEntry::session)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    private void stop(InterruptibleWork work, @Nullable BsonDocument session) {
        work.interrupt();
        if (session != null) {
            // The thread that notices the loss may be the one that was just interrupted.
            Uninterrupted.run(() -> lock.kill(session));
        }
    }
}
